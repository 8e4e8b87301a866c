// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import io.dragoman.connector.MalformedPayload;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jivesoftware.smack.xml.SmackXmlParser;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jspecify.annotations.Nullable;

/**
 * An element with what it holds. Read without recursion, and only so deep and so much: whoever writes to us may nest
 * and repeat what he likes. Immutable once read.
 */
final class XmlElement {
    /** Messages need less: what is deeper is left out. */
    private static final int DEEPEST = 16;
    /** Of names, values and texts together, in characters; servers let less through. */
    private static final int LARGEST = 1 << 20;

    private final String name;
    private final String namespace;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Object> content = new ArrayList<>();

    private XmlElement(String name, String namespace) {
        this.name = name;
        this.namespace = namespace;
    }

    /** Reads an element whose start tag was just read, to its end tag. */
    static XmlElement read(XmlPullParser parser) throws XmlPullParserException, IOException {
        XmlElement root = started(parser);
        Deque<XmlElement> open = new ArrayDeque<>(List.of(root));
        int depth = 1;
        int size = 0;
        while (depth > 0) {
            switch (parser.next()) {
                case START_ELEMENT -> {
                    depth++;
                    if (depth <= DEEPEST && size <= LARGEST) {
                        XmlElement child = started(parser);
                        size += child.head();
                        open.element().content.add(child);
                        open.push(child);
                    } else {
                        open.push(new XmlElement("", "")); // read, and in nothing
                    }
                }
                case TEXT_CHARACTERS -> {
                    String text = parser.getText();
                    size += text.length();
                    if (size <= LARGEST) {
                        open.element().content.add(text);
                    }
                }
                case END_ELEMENT -> {
                    depth--;
                    open.pop();
                }
                case END_DOCUMENT -> throw new IOException("the stream ends within an element");
                default -> {
                    // a comment or an instruction says nothing
                }
            }
        }
        return root;
    }

    private static XmlElement started(XmlPullParser parser) {
        String namespace = parser.getNamespace();
        XmlElement element = new XmlElement(parser.getName(), namespace == null ? "" : namespace);
        for (int i = 0; i < parser.getAttributeCount(); i++) {
            String prefix = parser.getAttributePrefix(i);
            boolean plain = prefix == null || prefix.isEmpty();
            if (plain || prefix.equals("xml")) {
                String value = parser.getAttributeValue(i);
                element.attributes.put((plain ? "" : "xml:") + parser.getAttributeName(i), value == null ? "" : value);
            }
        }
        return element;
    }

    private int head() {
        int size = name.length() + namespace.length();
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            size += attribute.getKey().length() + attribute.getValue().length();
        }
        return size;
    }

    static XmlElement parse(String xml) throws MalformedPayload {
        try {
            XmlPullParser parser = SmackXmlParser.newXmlParser(new StringReader(xml));
            while (parser.next() != XmlPullParser.Event.START_ELEMENT) {
                if (parser.getEventType() == XmlPullParser.Event.END_DOCUMENT) {
                    break;
                }
            }
            return read(parser);
        } catch (XmlPullParserException | IOException | RuntimeException e) {
            throw new MalformedPayload("the stanza is no XML");
        }
    }

    String name() {
        return name;
    }

    String namespace() {
        return namespace;
    }

    boolean is(String wantedNamespace, String wantedName) {
        return name.equals(wantedName) && namespace.equals(wantedNamespace);
    }

    /** An attribute; null where there is none or it is blank. */
    @Nullable
    String attribute(String wanted) {
        String value = attributes.get(wanted);
        return value == null || value.isBlank() ? null : value;
    }

    Stream<XmlElement> children() {
        return content.stream().filter(XmlElement.class::isInstance).map(XmlElement.class::cast);
    }

    Stream<XmlElement> children(String wantedNamespace, String wantedName) {
        return children().filter(child -> child.is(wantedNamespace, wantedName));
    }

    Optional<XmlElement> child(String wantedNamespace, String wantedName) {
        return children(wantedNamespace, wantedName).findFirst();
    }

    boolean has(String wantedNamespace, String wantedName) {
        return child(wantedNamespace, wantedName).isPresent();
    }

    /** Its own text, without that of the elements in it. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Object one : content) {
            if (one instanceof String words) {
                text.append(words);
            }
        }
        return text.toString();
    }

    /** As XML, with every namespace written where it changes. */
    String xml() {
        StringBuilder xml = new StringBuilder();
        write(xml, "");
        return xml.toString();
    }

    private void write(StringBuilder xml, String around) { // no deeper than DEEPEST
        xml.append('<').append(name);
        if (!namespace.equals(around)) {
            attribute(xml, "xmlns", namespace);
        }
        attributes.forEach((key, value) -> attribute(xml, key, value));
        xml.append('>');
        for (Object one : content) {
            if (one instanceof XmlElement child) {
                child.write(xml, namespace);
            } else {
                xml.append(escaped(one.toString()));
            }
        }
        xml.append("</").append(name).append('>');
    }

    private static void attribute(StringBuilder xml, String key, String value) {
        xml.append(' ').append(key).append("=\"").append(escaped(value)).append('"');
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\r", "&#13;");
    }

    @Override
    public String toString() {
        return "XmlElement[" + name + "]";
    }
}
