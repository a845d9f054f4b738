import { form_link } from "../chains/html";
import { make_dialog } from "../platform/dialog";
import { ask } from "../platform/server";
import { toast } from "../platform/toast";

const LIST = "crm_interactions.api.plan.list_runs";
const END = "crm_interactions.api.plan.end";

/** Ask which of the chain's plans to end, and end it; its planned activities are cancelled (B9). */
export async function ask_to_end_plan({ chain, reload }) {
	const runs = await ask(LIST, { chain: chain.name });
	if (!runs.length) {
		toast(__("No plan is running in this chain."), { indicator: "orange" });
		return;
	}
	const dialog = make_dialog({
		asks: false,
		title: __("End Plan"),
		fields: [
			{
				fieldname: "run",
				fieldtype: "Select",
				label: __("Plan"),
				options: runs.map(({ name, plan }) => ({ value: name, label: plan })),
				default: runs[0].name,
				description: __("Its planned steps are cancelled."),
				reqd: 1,
			},
		],
		primary_action_label: __("End Plan"),
		async primary_action({ run }) {
			const { cancelled } = await frappe.xcall(END, { run, chain: chain.name });
			dialog.hide();
			const { plan } = runs.find(({ name }) => name === run);
			const text = __("{0} has ended. Planned steps cancelled: {1}.", [
				form_link("Activity Plan", plan),
				cancelled.length,
			]);
			toast(text);
			reload();
		},
	});
	dialog.$wrapper.addClass("crm-end-plan");
	dialog.show();
}
