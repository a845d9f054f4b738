/** Refresh the list behind the current action, if there is one, as soon as it is set up: before, Frappe fails to. */
export async function refresh_list() {
	const list = window.cur_list;
	if (!list?.init_promise) return;
	await list.init_promise;
	list.refresh();
}
