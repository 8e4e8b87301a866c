// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Json;
import io.dragoman.simulator.UrlEncoded;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the provider of the planted connector writes the one message of a request. */
enum PlantedBody {
    JSON(
            "application/json",
            "{\"to\":\"shop\",\"all\":[{\"id\":\"m-1\",\"type\":\"text\",\"from\":\"ana\",\"text\":\"%s\"}]}"),
    FORM("application/x-www-form-urlencoded", "to=shop&id=m-1&type=text&from=ana&text=%s"),
    XML("text/xml", "<m to='shop'><id>m-1</id><type><![CDATA[text]]></type><from>ana</from><text>%s</text></m>"),
    XML_IN_JSON(
            "application/json",
            "{\"xml\":\"<m to='shop'><id>m-1</id><type>text</type><from>ana</from><text>%s</text></m>\"}");

    private static final Pattern ELEMENT = Pattern.compile("(?:<(\\w+)>|(\\w+)=.)(?:<!\\[CDATA\\[)?([^<'\"\\]]*)");

    private final String type;
    private final String body;

    PlantedBody(String type, String body) {
        this.type = type;
        this.body = body;
    }

    String type() {
        return type;
    }

    byte[] saying(String text) {
        return body.formatted(text).getBytes(StandardCharsets.UTF_8);
    }

    /** As JSON, whatever it is. */
    static byte[] json(byte[] body) throws MalformedPayload {
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.startsWith("{\"xml\"")) {
            return json(JsonFields.of(body).text("xml").getBytes(StandardCharsets.UTF_8));
        }
        Map<String, String> fields = new TreeMap<>();
        if (text.startsWith("<m")) {
            Matcher element = ELEMENT.matcher(text);
            while (element.find()) {
                fields.put(element.group(1) == null ? element.group(2) : element.group(1), element.group(3));
            }
        } else if (text.startsWith("to=")) {
            UrlEncoded form = UrlEncoded.read(text);
            form.names().forEach(name -> fields.put(name, form.get(name)));
        } else {
            return body;
        }
        ObjectNode root = Json.mapper().createObjectNode().put("to", fields.remove("to"));
        ObjectNode one = root.putArray("all").addObject();
        fields.forEach(one::put);
        return Json.bytes(root);
    }
}
