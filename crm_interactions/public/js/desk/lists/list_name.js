/** The list's name as the menus say it, in the place of the document type's. */
export function name_list(list_view, title) {
	list_view.page_title = title;
	list_view.set_title();
}
