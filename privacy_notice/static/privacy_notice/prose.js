// Facts inside sentences, and what is pasted from Word, in Wagtail's text editor.
(() => {
    const { createElement, createRef, Component } = window.React;
    const { ContentState, EditorState, Modifier, convertFromHTML } = window.DraftJS;

    class FactSource extends Component {
        constructor(props) {
            super(props);
            this.dialog = createRef();
            this.state = { facts: [] };
        }

        componentDidMount() {
            this.dialog.current.showModal();
            fetch(this.props.entityType.url, { headers: { Accept: "application/json" } })
                .then((answer) => answer.json())
                .then(
                    ({ facts }) => this.setState({ facts }, () => this.dialog.current.querySelector("button").focus()),
                    () => this.props.onClose(),
                );
        }

        place({ name, text }) {
            const { editorState, entityType, onComplete } = this.props;
            const content = editorState
                .getCurrentContent()
                .createEntity(entityType.type, "IMMUTABLE", { name });
            const placed = Modifier.replaceText(
                content,
                editorState.getSelection(),
                text,
                null,
                content.getLastCreatedEntityKey(),
            );
            this.dialog.current.close();
            onComplete(EditorState.push(editorState, placed, "insert-characters"));
        }

        render() {
            const { entityType, onClose } = this.props;
            return createElement(
                "dialog",
                { ref: this.dialog, className: "fact-dialog", "aria-label": entityType.description, onCancel: onClose },
                createElement(
                    "ul",
                    null,
                    this.state.facts.map((fact) =>
                        createElement(
                            "li",
                            { key: fact.name },
                            createElement(
                                "button",
                                { type: "button", onClick: () => this.place(fact) },
                                createElement("span", null, fact.label),
                                createElement("b", null, fact.text),
                            ),
                        ),
                    ),
                ),
                createElement("button", { type: "button", className: "button button-secondary", onClick: onClose }, entityType.cancel),
            );
        }
    }

    const Fact = ({ children }) => createElement("span", { className: "fact-token" }, children);

    const tell = (words) => {
        const editor = document.activeElement.closest(".Draftail-Editor__wrapper, .Draftail-Editor");
        if (!editor) return;
        const next = editor.nextElementSibling;
        if (next && next.matches(".paste-refusal")) next.remove();
        if (!words) return;
        const message = document.createElement("p");
        message.className = "paste-refusal";
        message.setAttribute("role", "alert");
        message.textContent = words;
        editor.after(message);
    };

    const isStruck = (element) =>
        element.matches("s, strike, del") || /line-through/.test(element.getAttribute("style") || "");

    // Word writes a list as paragraphs, each with its mark in a span that says so.
    const LIST = /mso-list:(?!\s*(none|ignore))/i;
    const MARK = /mso-list:\s*ignore/i;
    const NUMBERED = /^[\s(]*(\d+|[a-z]|[ivx]+)[.)]/i;

    const withLists = (body) => {
        const styled = (root) => [...root.querySelectorAll("[style]")];
        for (const line of styled(body)) {
            if (line.tagName !== "P" || !LIST.test(line.getAttribute("style"))) continue;
            const mark = styled(line).find((each) => MARK.test(each.getAttribute("style")));
            const kind = mark && NUMBERED.test(mark.textContent) ? "ol" : "ul";
            if (mark) mark.remove();
            const item = document.createElement("li");
            item.append(...line.childNodes);
            const before = line.previousElementSibling;
            const list =
                before && before.localName === kind && before.dataset.fromWord
                    ? before
                    : document.createElement(kind);
            list.dataset.fromWord = "1";
            list.append(item);
            if (list === before) line.remove();
            else line.replaceWith(list);
        }
        for (const paragraph of body.querySelectorAll("li > p")) paragraph.replaceWith(...paragraph.childNodes);
    };

    // A section's own heading is of level two: inside it there is one level, whatever Word calls it.
    const withHeadings = (body) => {
        for (const heading of body.querySelectorAll("h1, h2, h4, h5, h6")) {
            const ours = document.createElement("h3");
            ours.append(...heading.childNodes);
            heading.replaceWith(ours);
        }
    };

    function onPaste(text, html, editorState, { setEditorState }) {
        tell("");
        // From one of these editors into another nothing has to change.
        if (!html || html.includes("data-draftjs-conductor-fragment")) return "not-handled";
        const { body } = new DOMParser().parseFromString(html, "text/html");
        for (const unseen of body.querySelectorAll("style, script, meta, link, o\\:p:empty")) unseen.remove();
        if (body.querySelector("table")) {
            tell(this.refusals.table);
            return "handled";
        }
        if ([...body.querySelectorAll("*")].some((each) => isStruck(each) && each.textContent.trim())) {
            tell(this.refusals.struck);
            return "handled";
        }
        withHeadings(body);
        withLists(body);
        if (!body.querySelector("h3, li")) return "not-handled";
        const { contentBlocks, entityMap } = convertFromHTML(body.innerHTML);
        const fragment = ContentState.createFromBlockArray(contentBlocks, entityMap).getBlockMap();
        const content = Modifier.replaceWithFragment(
            editorState.getCurrentContent(),
            editorState.getSelection(),
            fragment,
        );
        setEditorState(EditorState.push(editorState, content, "insert-fragment"));
        return "handled";
    }

    window.draftail.registerPlugin({ type: "FACT", source: FactSource, decorator: Fact, onPaste }, "entityTypes");
})();
