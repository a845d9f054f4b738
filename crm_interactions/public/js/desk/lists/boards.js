import { own_first } from "../../logic/own_first";
import { name_users } from "./user_names";

const DOCTYPES = ["Interaction", "Meeting"];

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
			this.data = own_first(this.data, frappe.session.user);
			for (const column of this.board.columns) column.order = null;
			this.$result.addClass("crm-board");
		}
		return render.apply(this, args);
	};
}
