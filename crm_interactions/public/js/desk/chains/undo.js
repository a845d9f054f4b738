import { write } from "./api";

const SECONDS = 12;

/**
 * Show an alert with a button to undo a change of a chain.
 *
 * @param message a sentence as escaped HTML
 * @param log the log entry to undo; without it, the alert has no button
 * @param done callback after the undo
 */
export function alert_with_undo(message, log, done) {
	if (!log) return frappe.show_alert({ message, indicator: "green" });
	offer_undo(message, async () => {
		await undo(log);
		done();
	});
}

/** Show an alert, a sentence as escaped HTML, with a button *Undo*, which calls `on_undo`. */
export function offer_undo(message, on_undo) {
	const link = `<a href="#" role="button" class="crm-undo" data-action="undo">${__("Undo")}</a>`;
	const alert = { message: `${message} ${link}`, indicator: "green" };
	const $alert = frappe.show_alert(alert, SECONDS, {
		undo: (event) => {
			event.preventDefault();
			$alert.remove();
			return on_undo();
		},
	});
}

export async function undo(log) {
	await write("undo", { log });
	frappe.show_alert({ message: __("The change was undone."), indicator: "green" });
}
