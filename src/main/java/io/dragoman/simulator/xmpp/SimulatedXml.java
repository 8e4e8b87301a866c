// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.xmpp;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Stanzas as trees. */
final class SimulatedXml {
    private static final TransformerFactory TRANSFORMERS = TransformerFactory.newInstance();

    private SimulatedXml() {}

    /** The element at which the reader stands; nothing behind its end is waited for. */
    static Element read(XMLStreamReader reader) throws XMLStreamException {
        Document document = document();
        Node open = document;
        int event = reader.getEventType();
        while (true) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                open = open.appendChild(started(document, reader));
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                open = open.getParentNode();
                if (open == document) {
                    return document.getDocumentElement();
                }
            } else if (reader.isCharacters()) {
                open.appendChild(document.createTextNode(reader.getText()));
            }
            event = reader.next();
        }
    }

    private static Element started(Document document, XMLStreamReader reader) {
        Element element = document.createElementNS(reader.getNamespaceURI(), reader.getLocalName());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String prefix = reader.getAttributePrefix(i);
            String name = reader.getAttributeLocalName(i);
            element.setAttributeNS(
                    reader.getAttributeNamespace(i),
                    prefix == null || prefix.isEmpty() ? name : prefix + ":" + name,
                    reader.getAttributeValue(i));
        }
        return element;
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    static String write(Node node) {
        try {
            StringWriter out = new StringWriter();
            Transformer transformer = TRANSFORMERS.newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            transformer.transform(new DOMSource(node), new StreamResult(out));
            return out.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What stands in an element, written. */
    static String inner(Element element) {
        return children(element).stream().map(SimulatedXml::write).collect(Collectors.joining());
    }

    static List<Element> children(Element parent) {
        List<Element> all = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                all.add(element);
            }
        }
        return all;
    }

    /** The first child of a namespace and name; null for none. */
    static @Nullable Element child(Element parent, String namespace, String name) {
        return children(parent).stream()
                .filter(one -> name.equals(one.getLocalName()) && namespace.equals(one.getNamespaceURI()))
                .findFirst()
                .orElse(null);
    }

    /** The text of a child; empty for none. */
    static String text(Element parent, String namespace, String name) {
        Element found = child(parent, namespace, name);
        return found == null ? "" : found.getTextContent();
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;");
    }
}
