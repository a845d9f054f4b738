import { settings } from "../platform/boot";
import { once } from "../platform/once";
import { ask } from "../platform/server";

const OUR_TYPES = ["User", "Employee"];

/**
 * Register handlers of participant rows, once (R5): a participant fills in name, e-mail and phone; a changed type
 * clears the participant, keeps these and sets the side.
 */
export function setup_participants() {
	once("Interaction Participant", () => {
		frappe.ui.form.on("Interaction Participant", { participant_type, participant });
	});
}

export function setup_participant_queries(frm) {
	if (!frm.fields_dict.participants) return;
	frm.set_query("participant_type", "participants", () => ({
		filters: { name: ["in", settings().participant_types || []] },
	}));
	frm.set_query("participant", "participants", (doc, cdt, cdn) => {
		const row = locals[cdt][cdn];
		if (row.participant_type === "Contact") {
			return {
				query: "crm_interactions.api.party.contact_query",
				filters: { party_type: doc.party_type, party: doc.party },
			};
		}
		return row.participant_type === "User" ? { filters: { enabled: 1, user_type: "System User" } } : {};
	});
}

function participant_type(frm, cdt, cdn) {
	const row = locals[cdt][cdn];
	frappe.model.set_value(cdt, cdn, {
		participant: "",
		side: OUR_TYPES.includes(row.participant_type) ? "Ours" : "Theirs",
	});
}

async function participant(frm, cdt, cdn) {
	const { participant_type, participant } = locals[cdt][cdn];
	if (!participant_type || !participant) return;
	const details = await details_of(participant_type, participant);
	const row = locals[cdt] && locals[cdt][cdn];
	if (row && row.participant === participant) await frappe.model.set_value(cdt, cdn, details);
}

/** Return name, e-mail and phone; most users can't read User documents, so their data comes from the boot info. */
function details_of(participant_type, participant) {
	if (participant_type === "User" && !frappe.user.has_role("System Manager")) {
		const { fullname, email } = frappe.user_info(participant);
		return { full_name: fullname || participant, email: email || participant };
	}
	return ask("crm_interactions.api.party.participant_details", { participant_type, participant });
}
