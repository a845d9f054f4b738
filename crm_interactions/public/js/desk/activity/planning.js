import { show_start_presets } from "./start_presets";
import { is_default_start } from "./timer_field";

/** Propose the status Planned for a type of the medium Planned; take it back with the type while no start is entered. */
export async function propose_planned(host, { medium }) {
	const status = host.control("status");
	if (!status || !medium) return;
	const is_planned = host.get("status") === "Planned";
	if (medium === "Planned" && !is_planned) {
		status.proposed = true;
		await host.set({ status: "Planned" });
	} else if (medium !== "Planned" && is_planned && status.proposed && !host.get("starts_on")) {
		status.proposed = false;
		await host.set({ status: "Held" });
	}
}

/**
 * Ask for the start of a new planned activity: empty the current moment, which is only Frappe's default, and offer
 * usual starts. For another status, a blank start becomes now.
 */
export async function ask_for_start(host) {
	const is_planned = host.get("status") === "Planned";
	const starts_on = host.get("starts_on");
	show_start_presets(host, is_planned);
	if (is_planned && starts_on && is_default_start(starts_on)) await host.set({ starts_on: "" });
	else if (!is_planned && !starts_on) await host.set({ starts_on: frappe.datetime.system_datetime() });
}
