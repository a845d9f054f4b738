import { as_typed } from "../../logic/stored_text";
import { STATUS_COLORS } from "../../logic/hand_over";
import { once } from "../platform/once";
import { may_hand_over, open_hand_over } from "./dialog";

/** Add *Hand Over…* to the menu of a list, if allowed; a filter on the responsible user preselects that user. */
export function add_hand_over(list_view) {
	if (!may_hand_over()) return;
	list_view.page.add_menu_item(__("Hand Over…"), () =>
		open_hand_over({ known: known_from(list_view), done: () => list_view.refresh() })
	);
}

function known_from(list_view) {
	const by = list_view.filter_area?.get().find(([, field, is]) => field === "responsible" && is === "=");
	return by ? { from_user: by[3] } : {};
}

/** Add *Hand Over Activities…* to the form of a user, where an administrator disables the account. */
export function register_user_form() {
	once("hand over of User", () =>
		frappe.ui.form.on("User", {
			refresh(frm) {
				if (!(frm instanceof frappe.ui.form.Form) || frm.is_new() || !may_hand_over()) return;
				frm.add_custom_button(__("Hand Over Activities…"), () =>
					open_hand_over({ known: { from_user: frm.docname } })
				);
			},
		})
	);
}

/** Return the settings of the list of hand-overs; *Hand Over…* opens the dialog instead of a new form, if allowed. */
export function hand_over_list_settings() {
	return {
		add_fields: ["status", "from_user", "to_user"],
		hide_name_filter: true,
		get_indicator: ({ status }) => [__(status), STATUS_COLORS[status], `status,=,${status}`],
		formatters: { from_user: person, to_user: person },
		onload(list_view) {
			if (!may_hand_over()) return;
			list_view.page.set_primary_action(
				__("Hand Over…"),
				() => open_hand_over({ done: () => list_view.refresh() }),
				"es-line-add"
			);
		},
	};
}

function person(user) {
	const name = as_typed((user && frappe.user_info(user).fullname) || user);
	return `<span class="ellipsis" title="${frappe.utils.escape_html(user || "")}">${frappe.utils.escape_html(
		name
	)}</span>`;
}
