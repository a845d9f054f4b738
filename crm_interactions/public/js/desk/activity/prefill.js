import { when_to_prefill } from "../../logic/prefill";

/**
 * Whether this field may be filled in with what was looked up for it.
 *
 * The answer waits while the user is in the empty field: text that appears under his fingers mixes with what he types.
 */
export async function may_prefill(host, fieldname) {
	for (;;) {
		const input = input_of(host, fieldname);
		const focused = Boolean(input) && input === document.activeElement;
		const when = when_to_prefill({ value: host.get(fieldname), text: shown(host, fieldname), focused });
		if (when !== "later") return when === "now";
		await new Promise((left) => input.addEventListener("blur", left, { once: true }));
	}
}

/** Return a function that tells whether it is still this document with this value. */
export function remember(host, fieldname) {
	const [id, value] = [host.id(), host.get(fieldname)];
	return () => host.id() === id && host.get(fieldname) === value;
}

/** What the field shows, which is ahead of the document while somebody types. */
export function shown(host, fieldname) {
	return input_of(host, fieldname)?.value;
}

function input_of(host, fieldname) {
	return host.control(fieldname)?.$input?.get(0);
}
