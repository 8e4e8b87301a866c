// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.wechat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Json;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * WeChat's XML as fields: an element is a text, or an object where elements are in it. Without a document type and so
 * without entities: nothing is fetched, opened or multiplied. Accounts may have JSON instead, of the same names.
 */
final class XmlFields {
    private static final int DEEPEST = 10;

    private final Deque<ObjectNode> open = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private final XMLStreamReader xml;

    private XmlFields(XMLStreamReader xml) {
        this.xml = xml;
    }

    static JsonFields read(byte[] body) throws MalformedPayload {
        if (isJson(body)) {
            return JsonFields.of(body);
        }
        try {
            XMLStreamReader xml = factory().createXMLStreamReader(new StringReader(text(body)));
            return JsonFields.of((JsonNode) new XmlFields(xml).root());
        } catch (XMLStreamException e) {
            throw new MalformedPayload("the body is not well-formed XML");
        }
    }

    /** Always UTF-8; half a character, as where a text was cut, makes no message unreadable. */
    private static String text(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static boolean isJson(byte[] body) {
        for (byte one : body) {
            if (one > ' ' || one < 0) {
                return one == '{';
            }
        }
        return false;
    }

    /** Java's own, whatever else is installed: each with settings of its own, as it is not thread-safe. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setXMLReporter((message, type, information, location) -> {
            // else it prints errors, which name what was posted
        });
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is resolved");
        });
        return factory;
    }

    private ObjectNode root() throws XMLStreamException, MalformedPayload {
        ObjectNode document = Json.mapper().createObjectNode();
        open.push(document);
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> begin();
                case XMLStreamConstants.END_ELEMENT -> end();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new MalformedPayload("the body has a document type or an entity of its own");
                default -> {
                    // comments, and spaces between elements
                }
            }
        }
        return document.elements().next() instanceof ObjectNode root
                ? root
                : Json.mapper().createObjectNode();
    }

    private void begin() throws MalformedPayload {
        if (open.size() > DEEPEST) {
            throw new MalformedPayload("the body has more than " + DEEPEST + " elements in each other");
        }
        open.push(Json.mapper().createObjectNode());
        text.setLength(0);
    }

    private void end() {
        ObjectNode ended = open.pop();
        JsonNode value = ended.isEmpty() ? ended.textNode(text.toString()) : ended;
        text.setLength(0);
        ObjectNode around = open.element();
        JsonNode before = around.get(xml.getLocalName());
        if (before instanceof ArrayNode list) {
            list.add(value);
        } else if (before == null) {
            around.set(xml.getLocalName(), value);
        } else {
            around.putArray(xml.getLocalName()).add(before).add(value);
        }
    }
}
