// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.model.Json;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.bird.WebhookSigner;
import io.dragoman.simulator.vonage.WebhookProof;
import java.time.Instant;
import java.util.Map;

/** A provider of SMS that posts JSON, one event a webhook. */
abstract class SmsLine extends Line implements Line.Receipts {
    final HttpSimulator simulator;

    SmsLine(World world, String channel, SmsProviders providers) {
        super(world, channel);
        simulator = (HttpSimulator) providers.simulators.get(channel);
    }

    abstract Map<String, String> proof(byte[] body);

    /** The provider's word for a status of ours. */
    abstract String word(String status);

    String setting(String name) {
        return String.valueOf(simulator.settings().get(name));
    }

    static String number(int customer) {
        return "+4917000" + customer;
    }

    @Override
    void deliver(ObjectNode... events) {
        for (ObjectNode event : events) {
            byte[] body = Json.bytes(event);
            taken(provider.post(channel, body, "application/json", proof(body)));
        }
    }

    @Override
    public String key(String id, String status) {
        return id + "|" + word(status);
    }

    /** Vonage's Messages API. */
    static final class Vonage extends SmsLine {
        Vonage(World world, SmsProviders providers) {
            super(world, "vonage", providers);
        }

        @Override
        Map<String, String> proof(byte[] body) {
            WebhookProof proof = new WebhookProof(setting("apiKey"), setting("signatureSecret"));
            return Map.of("Authorization", proof.token(body, Instant.now()));
        }

        @Override
        ObjectNode message(int customer, int id, String text, Instant at) {
            return object().put("channel", "sms")
                    .put("message_uuid", "test-" + id)
                    .put("from", number(customer).substring(1))
                    .put("to", "4930111")
                    .put("timestamp", at.toString())
                    .put("message_type", "text")
                    .put("text", text);
        }

        @Override
        public void answers(int customer, String id) {
            simulator.answerNext(202, Map.of(), "{\"message_uuid\":\"" + id + "\"}");
        }

        @Override
        public ObjectNode receipt(int customer, String id, String status) {
            return object().put("message_uuid", id)
                    .put("to", number(customer).substring(1))
                    .put("status", word(status))
                    .put("channel", "sms");
        }

        @Override
        String word(String status) {
            return status.equals("sent") ? "submitted" : status.equals("failed") ? "undeliverable" : status;
        }
    }

    /** Bird's Channels API. */
    static final class Bird extends SmsLine {
        Bird(World world, SmsProviders providers) {
            super(world, "bird", providers);
        }

        @Override
        Map<String, String> proof(byte[] body) {
            return new WebhookSigner(setting("signingKey")).hash(world.callback(channel), body, Instant.now());
        }

        private ObjectNode event(String event, String id) {
            ObjectNode root = object().put("event", event);
            root.putObject("payload").put("id", id).put("channelId", setting("channelId"));
            return root;
        }

        @Override
        ObjectNode message(int customer, int id, String text, Instant at) {
            ObjectNode root = event("sms.inbound", "test-" + id);
            ObjectNode message = (ObjectNode) root.get("payload");
            message.put("createdAt", at.toString());
            message.putObject("sender").putObject("contact").put("identifierValue", number(customer));
            message.putObject("body").put("type", "text").putObject("text").put("text", text);
            return root;
        }

        @Override
        public void answers(int customer, String id) {
            simulator.answerNext(202, Map.of(), "{\"id\":\"" + id + "\"}");
        }

        @Override
        public ObjectNode receipt(int customer, String id, String status) {
            ObjectNode root = event("sms.outbound", id);
            ObjectNode message = (ObjectNode) root.get("payload");
            message.put("status", word(status));
            message.putObject("receiver").putArray("contacts").addObject().put("identifierValue", number(customer));
            return root;
        }

        @Override
        String word(String status) {
            return status.equals("failed") ? "delivery_failed" : status;
        }
    }
}
