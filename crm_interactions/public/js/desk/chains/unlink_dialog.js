import { one_at_a_time } from "../../logic/one_at_a_time";
import { write } from "./api";
import { chain_link } from "./html";
import { tell } from "./undo";

/** Take an activity out of its chain, alone or with what followed from it (B2). */
export function ask_to_unlink({ chain, activity, reload }) {
	const dialog = new frappe.ui.Dialog({
		title: __("Unlink from {0}", [chain.name]),
		fields: [
			{
				fieldname: "with_followers",
				fieldtype: "Select",
				label: __("What Is Taken Out"),
				options: [
					{ value: "0", label: __("Only this one") },
					{ value: "1", label: __("This one and what followed from it") },
				],
				default: "0",
				description: __("It gets a chain of its own, with a new number. You can undo that."),
			},
		],
		primary_action_label: __("Unlink"),
		primary_action: one_at_a_time(async ({ with_followers }) => {
			const parted = await write("unlink", { ...activity, with_followers: Number(with_followers) });
			dialog.hide();
			tell(parted_sentence(parted), parted.log, reload);
			reload();
		}),
	});
	dialog.show();
}

function parted_sentence({ chain, moved }) {
	const link = chain_link(chain);
	return moved > 1
		? __("{0} activities are in {1} now.", [moved, link])
		: __("It is in a chain of its own now: {0}.", [link]);
}
