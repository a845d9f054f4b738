import { when_to_prefill } from "../../logic/prefill";

/**
 * Return whether a field may be filled with a looked-up value.
 *
 * Waits while the user is in the empty field: text that appears during typing mixes with the input.
 */
export async function may_prefill(host, fieldname) {
	for (;;) {
		const input = input_of(host, fieldname);
		const focused = Boolean(input) && input === document.activeElement;
		const when = when_to_prefill({ value: host.get(fieldname), text: shown(host, fieldname), focused });
		if (when !== "later") return when === "now";
		await new Promise((resolve) => input.addEventListener("blur", resolve, { once: true }));
	}
}

/** Return a function that checks whether document and value are still the same. */
export function remember(host, fieldname) {
	const [id, value] = [host.id(), host.get(fieldname)];
	return () => host.id() === id && host.get(fieldname) === value;
}

/** Return the text in the field, which is ahead of the document while the user types. */
export function shown(host, fieldname) {
	return input_of(host, fieldname)?.value;
}

function input_of(host, fieldname) {
	return host.control(fieldname)?.$input?.get(0);
}
