import { write } from "./api";

const SECONDS = 12;

/**
 * Show an alert with a button to undo the change.
 *
 * @param message a sentence as escaped HTML
 * @param log the log entry to undo; without it, the alert has no button
 * @param done callback after the undo
 */
export function alert_with_undo(message, log, done) {
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
	frappe.show_alert({ message: __("The change was undone."), indicator: "green" });
}
