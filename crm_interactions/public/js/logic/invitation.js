/** Return whether participants of an invited meeting were left out of the invitation. */
export function has_left_out({ invitation_state }) {
	if (!invitation_state) return false;
	return Boolean(JSON.parse(invitation_state).left_out?.length);
}
