// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dragoman.connector.Request;
import io.dragoman.model.Json;
import io.dragoman.simulator.UrlEncoded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** A body with a text in the place of each value that it has in turn: JSON, XML inside JSON, XML, a form, or a text alone. */
final class Shapes {
    private Shapes() {}

    /** Of the recorded request of a sample. */
    static List<byte[]> of(ReadSample sample, List<String> texts) {
        byte[] body = sample.recorded();
        Request request = sample.signed(body);
        List<byte[]> shapes = of(body, request.header("content-type").orElse(""), texts);
        if (shapes.isEmpty()) {
            throw new NotApplicable(
                    "what comes to it is neither JSON, XML, a form nor a text, whose values could change");
        }
        return shapes;
    }

    /** None for a body of another kind. */
    static List<byte[]> of(byte[] body, String type, List<String> texts) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (type.startsWith("application/x-www-form-urlencoded")) {
            return bytes(form(text, texts));
        }
        if (text.startsWith("<")) {
            return bytes(xml(text, texts));
        }
        List<byte[]> json = json(body, texts);
        return !json.isEmpty() || !type.startsWith("text/plain") ? json : bytes(texts);
    }

    private static List<byte[]> bytes(List<String> bodies) {
        return bodies.stream()
                .map(body -> body.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static List<byte[]> json(byte[] body, List<String> texts) {
        JsonNode root;
        try {
            root = Json.tree(body);
        } catch (IOException e) {
            return List.of();
        }
        List<byte[]> bodies = new ArrayList<>();
        Odd.visit(root, (before, change) -> {
            List<String> values = new ArrayList<>(texts);
            if (before.asText().startsWith("<")) {
                values.addAll(xml(before.asText(), texts));
            }
            for (String value : values) {
                change.accept(JsonNodeFactory.instance.textNode(value));
                bodies.add(Json.write(root).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bodies;
    }

    private static List<String> form(String form, List<String> texts) {
        UrlEncoded fields = UrlEncoded.read(form);
        List<String> forms = new ArrayList<>();
        for (String changed : fields.names()) {
            for (String value : texts) {
                StringJoiner next = new StringJoiner("&");
                for (String name : fields.names()) {
                    List<String> values = name.equals(changed) ? List.of(value) : fields.all(name);
                    values.forEach(one -> next.add(encoded(name) + "=" + encoded(one)));
                }
                forms.add(next.toString());
            }
        }
        return forms;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<String> xml(String xml, List<String> texts) {
        List<String> bodies = new ArrayList<>();
        parsed(xml).ifPresent(document -> {
            for (Node node : leaves(document)) {
                String before = node.getTextContent();
                for (String value : texts) {
                    if (value.chars().allMatch(character -> character >= ' ')) { // XML has no others
                        node.setTextContent(value);
                        bodies.add(written(document));
                    }
                }
                node.setTextContent(before);
            }
        });
        return bodies;
    }

    private static Optional<Document> parsed(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return Optional.of(
                    factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))));
        } catch (SAXException | IOException e) {
            return Optional.empty();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Attributes that name no namespace, and elements with nothing inside but text. */
    private static List<Node> leaves(Node node) {
        List<Node> leaves = new ArrayList<>();
        boolean leaf = node.getNodeType() == Node.ELEMENT_NODE;
        for (int i = 0; node.getAttributes() != null && i < node.getAttributes().getLength(); i++) {
            Node attribute = node.getAttributes().item(i);
            if (!XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())) {
                leaves.add(attribute);
            }
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            leaf &= child.getNodeType() != Node.ELEMENT_NODE;
            leaves.addAll(leaves(child));
        }
        if (leaf) {
            leaves.add(node);
        }
        return leaves;
    }

    private static String written(Document document) {
        try {
            TransformerFactory factory = TransformerFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            Transformer transformer = factory.newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter text = new StringWriter();
            transformer.transform(new DOMSource(document), new StreamResult(text));
            return text.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
    }
}
