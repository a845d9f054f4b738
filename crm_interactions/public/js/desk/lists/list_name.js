/** Show `title`, the menu's name of a list, as its title, instead of the document type. */
export function name_list(list_view, title) {
	list_view.page_title = title;
	list_view.set_title();
}
