import { one_at_a_time } from "../../logic/one_at_a_time";
import { settings } from "../platform/boot";
import { write } from "./api";
import { chain_link } from "./html";
import { tell } from "./undo";

/** Which deal, claim or campaign it is about, and from where on (R20, B2). */
export function ask_for_subject({ chain, activity, reload }) {
	const types = settings().subject_types || [];
	const known = types.includes(chain.subject_type);
	const parts = activity && chain.activity_count > 1;
	// the fields ask for it before the dialog is there
	let dialog = null;
	let chosen_type = known ? chain.subject_type : types[0];
	dialog = new frappe.ui.Dialog({
		title: __("Subject of {0}", [chain.name]),
		fields: [
			{
				fieldname: "subject_type",
				fieldtype: "Select",
				label: __("Subject Type"),
				options: types.map((value) => ({ value, label: __(value) })),
				default: chosen_type,
				onchange() {
					const subject_type = dialog?.get_value("subject_type");
					if (!subject_type || subject_type === chosen_type) return;
					chosen_type = subject_type;
					dialog.set_value("subject", "");
				},
			},
			{
				fieldname: "subject",
				fieldtype: "Dynamic Link",
				label: __("Subject"),
				get_options: () => chosen_type,
				default: known ? chain.subject : "",
				description: chain.subject ? __("Leave it empty to take the subject away.") : "",
			},
			{
				fieldname: "reach",
				fieldtype: "Select",
				label: __("For"),
				hidden: parts ? 0 : 1,
				options: [
					{ value: "chain", label: __("The whole chain") },
					{ value: "onwards", label: __("This activity and what came after it") },
					{ value: "this", label: __("This activity alone") },
				],
				default: "chain",
				onchange: () => dialog && explain_reach(dialog),
			},
		],
		primary_action_label: __("Set Subject"),
		primary_action: one_at_a_time(async ({ subject_type, subject, reach }) => {
			const changed = await write("set_subject", {
				...(parts && reach !== "chain" ? { ...activity, reach } : { chain: chain.name }),
				subject_type: subject ? subject_type : null,
				subject: subject || null,
			});
			dialog.hide();
			tell(changed_sentence(chain, changed, { subject, reach }), changed.log, reload);
			reload();
		}),
	});
	dialog.show();
	explain_reach(dialog);
}

function explain_reach(dialog) {
	const whole = dialog.get_value("reach") === "chain";
	dialog.fields_dict.reach.set_description(
		whole
			? __("All activities of the chain get it, also those to come.")
			: __("What gets it is parted from the chain and becomes a chain of its own. You can undo that.")
	);
}

function changed_sentence(chain, changed, { subject, reach }) {
	if (!changed.log) return __("The subject stays as it was.");
	const link = chain_link(changed.chain);
	if (changed.chain !== chain.name) {
		return reach === "this"
			? __("This activity is in a chain of its own now: {0}.", [link])
			: __("This activity and what came after it are in a chain of their own now: {0}.", [link]);
	}
	return subject ? __("{0} has the subject now.", [link]) : __("{0} has no subject any more.", [link]);
}
