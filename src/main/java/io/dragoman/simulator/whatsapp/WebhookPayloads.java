// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.whatsapp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.SimulatorIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Writes webhooks as Meta does: everything beyond ASCII is escaped, so only the raw bytes carry the signature. */
final class WebhookPayloads {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final String DISPLAY_NUMBER = "493012345678";

    private final String phoneNumberId;
    private final byte[] appSecret;
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Map<String, String> phones = new ConcurrentHashMap<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final SimulatorIds ids;

    private volatile byte[] last = new byte[0];

    WebhookPayloads(String phoneNumberId, String appSecret, SimulatorIds ids) {
        this.ids = ids;
        this.phoneNumberId = phoneNumberId;
        this.appSecret = appSecret.getBytes(StandardCharsets.UTF_8);
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static JsonNode read(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** A phone number without its plus, as Meta writes it; a user id as it is. */
    static String digits(String customer) {
        return customer.startsWith("+") ? customer.substring(1) : customer;
    }

    void named(String customer, String name) {
        names.put(customer, name);
    }

    void revealed(String userId, String phone) {
        phones.put(userId, phone);
    }

    private static String userId(String customer) {
        return customer.startsWith("+") ? "DE." + Integer.toUnsignedString(customer.hashCode()) : customer;
    }

    /** Whom an accepted message goes to, as far as Meta tells. */
    ObjectNode contact(String customer) {
        ObjectNode contact = object().put("input", customer);
        String phone = customer.startsWith("+") ? customer : phones.get(customer);
        if (phone != null) {
            contact.put("wa_id", digits(phone));
        }
        return contact.put("user_id", userId(customer));
    }

    /** An id that no message had before. */
    String newId() {
        return "wamid.HB" + Long.toString(ids.next(), 36).toUpperCase(Locale.ROOT);
    }

    /** Whether a customer's message has this id. */
    boolean knows(String messageId) {
        return known.contains(messageId);
    }

    byte[] last() {
        return last;
    }

    byte[] message(String customer, String type, JsonNode content, @Nullable String answeredMessage) {
        boolean hidden = !customer.startsWith("+");
        String userId = userId(customer);
        String id = newId();
        known.add(id);
        ObjectNode contact = object();
        contact.putObject("profile").put("name", names.getOrDefault(customer, "Customer " + last4(customer)));
        ObjectNode message = object();
        if (!hidden) {
            contact.put("wa_id", digits(customer));
            message.put("from", digits(customer));
        }
        contact.put("user_id", userId);
        message.put("from_user_id", userId)
                .put("id", id)
                .put("timestamp", seconds())
                .put("type", type)
                .set(type, content);
        if (answeredMessage != null) {
            message.putObject("context").put("from", DISPLAY_NUMBER).put("id", answeredMessage);
        }
        ObjectNode value = value();
        value.putArray("contacts").add(contact);
        value.putArray("messages").add(message);
        return webhook(value);
    }

    /** A status; {@code code} is the error's for {@code failed}. */
    byte[] status(String messageId, String customer, String status, int code) {
        ObjectNode element = object().put("id", messageId)
                .put("status", status)
                .put("timestamp", seconds())
                .put(customer.startsWith("+") ? "recipient_id" : "recipient_user_id", digits(customer));
        if (status.equals("failed")) {
            element.putArray("errors").addObject().put("code", code).put("title", "Message undeliverable");
        } else {
            element.putObject("pricing").put("billable", true).put("pricing_model", "PMP");
        }
        ObjectNode value = value();
        value.putArray("statuses").add(element);
        return webhook(value);
    }

    /** What Meta says of the account itself. */
    byte[] account(String field, JsonNode value) {
        return webhook(field, value);
    }

    /** The header with which Meta proves a body. */
    String signature(byte[] body) {
        return "sha256=" + HmacSigner.hex("HmacSHA256", appSecret, body);
    }

    private ObjectNode value() {
        ObjectNode value = object().put("messaging_product", "whatsapp");
        value.putObject("metadata").put("display_phone_number", DISPLAY_NUMBER).put("phone_number_id", phoneNumberId);
        return value;
    }

    private byte[] webhook(ObjectNode value) {
        return webhook("messages", value);
    }

    private byte[] webhook(String field, JsonNode value) {
        ObjectNode webhook = object().put("object", "whatsapp_business_account");
        ObjectNode entry = webhook.putArray("entry").addObject().put("id", "102290129340398");
        entry.put("time", System.currentTimeMillis() / 1000);
        entry.putArray("changes").addObject().put("field", field).set("value", value);
        try {
            byte[] body = MAPPER.writeValueAsBytes(webhook);
            last = body;
            return body; // not the field: another thread may have written to it meanwhile
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String seconds() {
        return Long.toString(System.currentTimeMillis() / 1000);
    }

    private static String last4(String customer) {
        return customer.substring(Math.max(0, customer.length() - 4));
    }
}
