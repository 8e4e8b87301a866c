// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * XML as maps: an element with nothing but text is that text; another is a map of its children by name, its attributes
 * as {@code @name} and its own text as {@code text}; children of one name are a list. jsoup reads it, which knows no
 * document types, entities of a document's own or references to elsewhere.
 */
final class XmlDocument {
    private static final int DEEPEST = 64;

    private XmlDocument() {}

    /** The root by its name; empty when there is none, or when it is nested too deeply. */
    static Optional<Object> read(byte[] body) {
        Document document = Jsoup.parse(new String(body, StandardCharsets.UTF_8), "", Parser.xmlParser());
        Element root = document.firstElementChild();
        if (root == null || depth(root) > DEEPEST) {
            return Optional.empty();
        }
        return Optional.of(Map.of(root.tagName(), value(root)));
    }

    /** Without recursion, so that nothing can exhaust the stack. */
    private static int depth(Element root) {
        int deepest = 0;
        int depth = 0;
        Element at = root;
        while (at != null && deepest <= DEEPEST) {
            deepest = Math.max(deepest, depth);
            Element next = at.firstElementChild();
            depth += next == null ? 0 : 1;
            while (next == null && at != null && !at.equals(root)) {
                next = at.nextElementSibling();
                if (next == null) {
                    at = at.parent();
                    depth--;
                }
            }
            at = next;
        }
        return deepest;
    }

    private static Object value(Element element) {
        if (element.childrenSize() == 0 && element.attributesSize() == 0) {
            return element.wholeText().strip();
        }
        Map<String, Object> map = new LinkedHashMap<>();
        element.attributes().forEach(attribute -> map.put("@" + attribute.getKey(), attribute.getValue()));
        String own = element.ownText().strip();
        if (!own.isEmpty()) {
            map.put("text", own);
        }
        for (Element child : element.children()) {
            map.merge(child.tagName(), value(child), XmlDocument::joined);
        }
        return map;
    }

    private static Object joined(Object before, Object more) {
        List<Object> all = new ArrayList<>(before instanceof List<?> list ? list : List.of(before));
        all.add(more);
        return all;
    }
}
