"""Liu with a keyboard and no mouse: every control is reached with Tab, and at every stop the focus must be seen."""

from django.urls import reverse

from tests.journey.alone import Alone

STOPS = 160  # presses of Tab on one page after which a control counts as out of reach
SEEN = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return "nothing has the focus";
  const shown = one.closest(".upload, .seg, .shot") || one;
  const [box] = shown.getClientRects();
  if (!box || box.width < 4 || box.height < 4) return "what has the focus cannot be seen";
  const ring = [one, shown].some(it => parseFloat(getComputedStyle(it).outlineWidth) >= 2
    && getComputedStyle(it).outlineStyle !== "none");
  if (!ring) return "no ring around the focus";
  const x = box.left + box.width / 2, y = box.top + Math.min(box.height / 2, 40);
  if (y < 0 || y > innerHeight || x < 0 || x > innerWidth) return "the focus is outside the window";
  const top = document.elementFromPoint(x, y);
  return !top || shown.contains(top) || top.contains(shown) ? "" : `covered by ${top.outerHTML.slice(0, 80)}`;
}"""
IS = "(node) => document.activeElement === node"


class KeyboardMerchant(Alone):
    """`problems` collects every stop at which somebody would be lost."""

    def __init__(self, page, camera) -> None:
        super().__init__(page, camera)
        self.problems: list[str] = []
        # A listener for good: asking for choosers only while a key is pressed loses the first one on a busy machine,
        # and the browser opens no second one beside it.
        page.on("filechooser", lambda _chooser: None)

    # Moving ----------------------------------------------------------------------------------------------------

    def tab_to(self, *wanted) -> None:
        """Press Tab until one of these elements has the focus."""
        handles = [handle for locator in wanted for handle in locator.element_handles()]
        assert handles, f"not on {self.page.url}: {wanted}"
        for _stop in range(STOPS):
            if any(handle.evaluate(IS) for handle in handles):
                return
            self.page.keyboard.press("Tab")
            self.notice()
        raise AssertionError(f"out of reach by keyboard on {self.page.url}: {wanted}")

    def notice(self) -> None:
        found = self.page.evaluate(SEEN)
        if found:
            what = self.page.evaluate("document.activeElement?.outerHTML.slice(0, 120)")
            self.problems.append(f"{self.path}: {found}: {what}")

    def go(self, name: str, *args, query: str = "") -> None:
        """By a link of this page where there is one; otherwise by the address bar, which has a key of its own."""
        address = reverse(name, args=args) + query
        if self.path == address:
            return
        link = self.page.locator(f"main a[href='{address}']:visible")
        if self.page.url.startswith("about") or not link.count():
            super().go(name, *args, query=query)
        else:
            self._enter(link)

    def follow(self, name: str, *args) -> None:
        self._enter(self.page.locator(f"main a[href^='{reverse(name, args=args)}']:visible"))

    def click(self, form) -> None:
        self._enter(form.locator("button:not([type=button]):visible, input[type=submit]:visible").first)

    def _enter(self, locator) -> None:
        self.tab_to(locator)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    # Acting ----------------------------------------------------------------------------------------------------

    def enter(self, control, value) -> None:
        kind = control.first.evaluate("one => one.type")
        self.tab_to(control)
        if value is True:
            if not control.first.is_checked():
                self.page.keyboard.press("Space")
        elif kind == "radio":
            self._choose(control, value)
        elif kind.startswith("select"):
            self._select(control, value)
        elif kind == "date":
            control.fill(str(value))  # its parts come in the order of the browser's own language
        else:
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.type(str(value))

    def _choose(self, group, value) -> None:
        wanted = group.and_(self.page.locator(f"[value='{value}']"))
        self.page.keyboard.press("Space")
        for _turn in range(group.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
            self.notice()
        assert wanted.is_checked(), f"{value} cannot be chosen with the arrows"

    def _select(self, control, value) -> None:
        self.page.keyboard.press("Home")
        for _turn in range(control.locator("option").count()):
            if control.input_value() == str(value):
                return
            self.page.keyboard.press("ArrowDown")
        assert control.input_value() == str(value), f"{value} cannot be chosen with the arrows"

    def photograph(self, kind: str) -> None:
        self.tab_to(self.page.locator("main input[type=file]"))
        with self.page.expect_file_chooser() as waiting:
            self.page.keyboard.press("Space")
        with self.page.expect_navigation():
            waiting.value.set_files(str(self.camera.picture(kind)))
        assert self.sees(".upload.good a img.thumb"), f"{kind} is not there"
