import { when_to_prefill } from "../../logic/prefill";

/**
 * Return a promise of whether a field may be filled with a looked-up value: false if it holds a value or text.
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

/** Return a function that returns whether the document and the field's value are still the same. */
export function remember(host, fieldname) {
	const [id, value] = [host.id(), host.get(fieldname)];
	return () => host.id() === id && host.get(fieldname) === value;
}

/** Return the text in the field's input as typed, ahead of the document; undefined if the field has no input. */
export function shown(host, fieldname) {
	return input_of(host, fieldname)?.value;
}

function input_of(host, fieldname) {
	return host.control(fieldname)?.$input?.get(0);
}
