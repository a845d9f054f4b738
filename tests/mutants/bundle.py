"""A pytest plugin for browser tests: pages load the bundle in CRM_BUNDLE instead of the bench's own."""

import os
import re

from playwright.sync_api import Browser

new_context = Browser.new_context


def with_bundle(browser: Browser, **options):
	context = new_context(browser, **options)
	context.route(
		re.compile(r"/crm_interactions\.bundle\.\w+\.js"),
		lambda route: route.fulfill(path=os.environ["CRM_BUNDLE"], content_type="text/javascript"),
	)
	return context


Browser.new_context = with_bundle
