import { make_dialog } from "../platform/dialog";
import { toast } from "../platform/toast";
import { result_args } from "../../logic/result";
import { write } from "./api";
import { chain_link, escaped } from "./html";
import { result_fields } from "./result_fields";

/** Ask for result and reason, and whether to cancel planned steps, then close the chain (R19, R21). */
export function ask_to_close({ chain, plans, reload }) {
	const dialog = make_dialog({
		title: __("Close {0}", [chain.name]),
		fields: [
			...result_fields(chain),
			{ fieldname: "reason_section", fieldtype: "Section Break", hide_border: 1 },
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("Reason"),
				description: __("Why contact ends. Stored on the chain with your name and the time."),
			},
			{
				fieldname: "planned",
				fieldtype: "Select",
				label: __("Planned Steps"),
				hidden: chain.next_step_on ? 0 : 1,
				options: [
					{ value: "cancel", label: __("Cancel") },
					{ value: "keep", label: __("Keep") },
				],
				default: "cancel",
				description: plans.length
					? __("The plan {0} ends in any case, and its planned steps are cancelled.", [
							escaped(plans.join(", ")),
						])
					: "",
			},
		],
		primary_action_label: __("Close Chain"),
		async primary_action({ reason, planned, ...values }) {
			const cancel_planned = chain.next_step_on && planned === "cancel" ? 1 : 0;
			const closed = await write("close", {
				chain: chain.name,
				reason: reason || null,
				cancel_planned,
				...result_args(values),
			});
			dialog.hide();
			// cancelled steps stay cancelled, so reopening would not take the closing back
			const undo =
				!closed.cancelled.length && (() => reopen({ chain: { name: closed.chain }, reload }));
			toast(closed_sentence(closed), { undo });
			reload();
		},
	});
	dialog.$wrapper.addClass("crm-close-chain");
	dialog.show();
}

function closed_sentence({ chain, cancelled }) {
	const link = chain_link(chain);
	return cancelled.length
		? __("{0} is closed. Planned steps cancelled: {1}.", [link, cancelled.length])
		: __("{0} is closed.", [link]);
}

export async function reopen({ chain, reload }) {
	await write("reopen", { chain: chain.name });
	toast(__("{0} is open again.", [chain_link(chain.name)]));
	reload();
}
