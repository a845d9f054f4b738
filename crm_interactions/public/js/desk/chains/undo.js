import { toast } from "../platform/toast";
import { write } from "./api";

/**
 * Show an alert with a button to undo a change of a chain.
 *
 * @param message a sentence as escaped HTML
 * @param log the log entry to undo; without it, the alert has no button
 * @param done callback after the undo
 */
export function alert_with_undo(message, log, done) {
	if (!log) return toast(message);
	toast(message, {
		undo: async () => {
			await undo(log);
			done();
		},
	});
}

export async function undo(log) {
	await write("undo", { log });
	toast(__("The change was undone."));
}
