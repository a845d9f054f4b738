import { make_dialog } from "../platform/dialog";
import { write } from "./api";
import { chain_link } from "./html";
import { alert_with_undo } from "./undo";

/** Ask whether to unlink an activity alone or with those that followed from it, and do so, with *Undo* (B2). */
export function ask_to_unlink({ chain, activity, reload }) {
	const dialog = make_dialog({
		asks: false,
		title: __("Unlink from {0}", [chain.name]),
		fields: [
			{
				fieldname: "with_followers",
				fieldtype: "Select",
				label: __("Activities"),
				options: [
					{ value: "0", label: __("This activity only") },
					{ value: "1", label: __("This activity and those that followed from it") },
				],
				default: "0",
				description: __("Moves to a separate chain with a new number. You can undo this."),
			},
		],
		primary_action_label: __("Unlink"),
		async primary_action({ with_followers }) {
			const parted = await write("unlink", { ...activity, with_followers: Number(with_followers) });
			dialog.hide();
			alert_with_undo(parted_sentence(parted), parted.log, reload);
			reload();
		},
	});
	dialog.show();
}

function parted_sentence({ chain, moved }) {
	const link = chain_link(chain);
	return moved > 1
		? __("{0} activities are now in {1}.", [moved, link])
		: __("The activity is now in a separate chain: {0}.", [link]);
}
