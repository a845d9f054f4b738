import { escaped } from "../chains/html";
import { ask } from "../platform/server";

const LIST = "crm_interactions.api.plan.list_runs";
const END = "crm_interactions.api.plan.end";

/** Ask which of the chain's plans to end, and end it after a confirmation; its planned activities are cancelled (B9). */
export async function ask_to_end_plan({ chain, reload }) {
	const runs = await ask(LIST, { chain: chain.name });
	if (!runs.length) return frappe.show_alert(__("No plan is running in this chain."));
	if (runs.length === 1) return confirm_end(chain, runs[0], reload);
	const labels = runs.map((run) => run.plan);
	frappe.prompt(
		{ fieldname: "plan", fieldtype: "Select", label: __("Plan"), options: labels, reqd: 1 },
		({ plan }) => confirm_end(chain, runs[labels.indexOf(plan)], reload),
		__("End Plan")
	);
}

function confirm_end(chain, { name, plan }, reload) {
	const text = __("End {0}? Its planned steps are cancelled.", [escaped(plan)]);
	frappe.confirm(text, async () => {
		const { cancelled } = await frappe.xcall(END, { run: name, chain: chain.name });
		const message = __("{0} has ended. Planned steps cancelled: {1}.", [escaped(plan), cancelled.length]);
		frappe.show_alert({ message, indicator: "green" });
		reload();
	});
}
