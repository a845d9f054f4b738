import { write } from "./api";

const SECONDS = 12;

/**
 * Say what was done, and offer to undo it.
 *
 * @param message a whole sentence, escaped
 * @param log the entry that `undo` takes; without one there is nothing to undo
 * @param done called after undoing
 */
export function tell(message, log, done) {
	const indicator = "green";
	if (!log) return frappe.show_alert({ message, indicator });
	const link = `<a href="#" role="button" class="crm-undo" data-action="undo">${__("Undo")}</a>`;
	const $alert = frappe.show_alert({ message: `${message} ${link}`, indicator }, SECONDS, {
		undo: async (event) => {
			event.preventDefault();
			$alert.remove();
			await undo(log);
			done();
		},
	});
}

export async function undo(log) {
	await write("undo", { log });
	frappe.show_alert({ message: __("It is as it was before."), indicator: "green" });
}
