import { as_typed } from "../../logic/stored_text";
import { own_first } from "../../logic/own_first";
import { name_users } from "./user_names";

const DOCTYPES = ["Interaction", "Meeting"];

/**
 * Return a row whose topic a card can show as typed. Frappe's cards (15 and 16) decode a title and put it into the page as HTML,
 * so that a topic like a tag would be one. May go once they escape it.
 */
function with_safe_title(row) {
	if (row.crm_safe) return row;
	const { escape_html } = frappe.utils;
	return { ...row, crm_safe: true, title: escape_html(escape_html(as_typed(row.title))) };
}

/**
 * Sort the cards of boards by the user, their own first, and show users by name.
 *
 * Frappe's boards have one order for all users, which each of them sets by opening the board.
 */
export function register_boards() {
	const board = frappe.views.KanbanView?.prototype;
	if (!board) return;
	const { render } = board;
	board.render = function (...args) {
		if (DOCTYPES.includes(this.doctype)) {
			name_users(this.data.map(({ responsible }) => responsible));
			this.data = own_first(this.data.map(with_safe_title), frappe.session.user);
			for (const column of this.board.columns) column.order = null;
			this.$result.addClass("crm-board");
		}
		return render.apply(this, args);
	};
}
