// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.wechat;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.CustomerEvent.ConsentChanged;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Hashes;
import io.dragoman.model.Identity;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reads a webhook, which tells one thing: a message, or an event that somebody caused. */
final class InboundReader {
    private static final String FOLLOWS = "what it leads to comes as a message of its own";
    private static final String NOT_OURS = "it is about a message that is not sent from here";
    private static final String CONSOLE = "it is about WeChat's own customer service console";

    /** What is known and nothing is done about; WeChat's own names of the events. */
    private static final Map<String, String> IGNORED = Map.ofEntries(
            Map.entry("LOCATION", "it says where somebody is who has written nothing"),
            Map.entry("VIEW", "a menu opened a page"),
            Map.entry("view_miniprogram", "a menu opened a mini program"),
            Map.entry("pic_sysphoto", FOLLOWS),
            Map.entry("pic_photo_or_album", FOLLOWS),
            Map.entry("pic_weixin", FOLLOWS),
            Map.entry("location_select", FOLLOWS),
            Map.entry("TEMPLATESENDJOBFINISH", NOT_OURS),
            Map.entry("MASSSENDJOBFINISH", NOT_OURS),
            Map.entry("subscribe_msg_sent_event", NOT_OURS),
            Map.entry("subscribe_msg_popup_event", NOT_OURS),
            Map.entry("subscribe_msg_change_event", NOT_OURS),
            Map.entry("kf_create_session", CONSOLE),
            Map.entry("kf_close_session", CONSOLE),
            Map.entry("kf_switch_session", CONSOLE));

    private final JsonFields message;
    private final CustomerEvent.Sender sender;
    private final Instant at;

    private InboundReader(JsonFields message, Instant now) throws MalformedPayload {
        this.message = message;
        String openId = message.text("FromUserName");
        this.sender = new CustomerEvent.Sender(openId, List.of(new Identity("wechat", openId, true)), null, null);
        this.at = message.time("CreateTime", now);
    }

    static CustomerEvent read(JsonFields message, Instant now) throws MalformedPayload {
        InboundReader reader = new InboundReader(message, now);
        String type = message.text("MsgType");
        if (type.equals("event")) {
            return reader.event(message.text("Event"));
        }
        String id = message.word("MsgId"); // 64 bits: never a double
        return reader.received(id == null ? reader.key(type) : id, MessageParts.of(type, message));
    }

    private CustomerEvent event(String event) throws MalformedPayload {
        String key = key(event);
        return switch (event) {
            case "CLICK", "SCAN", "scancode_push", "scancode_waitmsg" ->
                received(key, MessageParts.ofEvent(event, message));
            case "subscribe" -> new ConsentChanged(key, sender.address(), at, sender.identities(), Consent.OPTED_IN);
            case "unsubscribe" -> new ConsentChanged(key, sender.address(), at, sender.identities(), Consent.OPTED_OUT);
            default ->
                new Ignored(
                        key,
                        at,
                        "event." + Ignored.word(event),
                        IGNORED.getOrDefault(event, "this version does not know what it is"));
        };
    }

    private CustomerEvent received(String id, List<Part> parts) {
        return MessageReceived.of(id, at, sender, id, parts, null);
    }

    /**
     * An event has no id: who, when and what tell a repetition; with the button's own key, as two may be pressed within
     * a second.
     */
    private String key(String what) throws MalformedPayload {
        String time = message.word("CreateTime");
        if (time == null) {
            throw new MalformedPayload("CreateTime is missing");
        }
        String button = message.word("EventKey");
        String key = sender.address() + "|" + time + "|" + what;
        return button == null ? key : key + "|" + Hashes.sha256Hex(button).substring(0, 16);
    }
}
