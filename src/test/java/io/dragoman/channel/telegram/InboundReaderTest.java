// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.RecordedCases;
import io.dragoman.connector.Request;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Ignored;
import io.dragoman.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InboundReaderTest {
    private static final RecordedCases CASES = RecordedCases.of("channel/telegram");
    private static final Instant RECEIVED = Instant.parse("2026-09-21T14:13:20.120Z");

    static Stream<String> recordings() throws IOException {
        return CASES.names();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void readsTheRecording(String name) throws Exception {
        CASES.check(name, InboundReaderTest::read);
    }

    @Test
    void thereAreRecordingsOfEveryKind() throws IOException {
        assertThat(recordings()).hasSizeGreaterThan(40);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|the body must be a JSON object",
                "{}|update_id is missing",
                "{'update_id':'1'}|update_id must be a whole number",
                "{'update_id':1,'message':[]}|message must be an object",
                "{'update_id':1,'message':{}}|message.chat is missing",
                "{'update_id':1,'message':{'chat':{'id':1.5}}}|message.chat.id must be a whole number",
                "{'update_id':1,'message':{'chat':{'id':1}}}|message.message_id is missing",
                "{'update_id':1,'message':{'chat':{'id':1},'message_id':2,'date':-1}}"
                        + "|message.date must be a time in seconds since 1970",
                "{'update_id':1,'message':{'chat':{'id':1},'message_id':2,'date':3,'text':[]}}"
                        + "|message.text must be a text",
                "{'update_id':1,'message':{'chat':{'id':1},'message_id':2,'date':3,'photo':[]}}"
                        + "|message.photo has no sizes",
                "{'update_id':1,'message':{'chat':{'id':1},'message_id':2,'date':3,'voice':{}}}"
                        + "|message.voice.file_id is missing",
                "{'update_id':1,'message':{'chat':{'id':1},'message_id':2,'date':3,'location':{'latitude':91,'longitude':0}}}"
                        + "|a location needs a latitude within ±90 and a longitude within ±180",
            })
    void aShapeThatTelegramDoesNotPromiseIsNamed(String json, String problem) {
        assertThatThrownBy(() -> read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedPayload.class)
                .hasMessage(problem);
    }

    /** All of @grammyjs/types 5.0.0 that is not read, and one that nobody knows yet. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "business_connection",
                "stopped_message_generation",
                "message_reaction_count",
                "inline_query",
                "chosen_inline_result",
                "shipping_query",
                "pre_checkout_query",
                "purchased_paid_media",
                "poll",
                "poll_answer",
                "chat_member",
                "chat_join_request",
                "chat_boost",
                "removed_chat_boost",
                "managed_bot",
                "subscription",
            })
    void updatesThatAreNotReadSayWhatTheyAre(String kind) throws Exception {
        for (String content : List.of("{}", "{\"id\":\"1\"}", "7")) {
            assertThat(read(json("{'update_id':1,'%s':%s}".formatted(kind, content))))
                    .singleElement()
                    .isInstanceOfSatisfying(Ignored.class, ignored -> {
                        assertThat(ignored.kind()).isEqualTo(kind);
                        assertThat(ignored.why()).isNotBlank().doesNotContain("does not know");
                    });
        }
    }

    @Test
    void updatesOfTomorrowSayTheirNameWhereItIsOne() throws Exception {
        assertThat(kind("{'update_id':1,'hologram':{}}")).isEqualTo("hologram");
        assertThat(kind("{'update_id':1,'Call me: 0170\\n':{}}")).isEqualTo("unknown");
        assertThat(kind("{'update_id':1,'poll':null}")).isEqualTo("nothing");
    }

    /** All of @grammyjs/types 5.0.0 that only says what happened in a chat. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "checklist_tasks_done",
                "checklist_tasks_added",
                "community_chat_added",
                "community_chat_removed",
                "community_chat_joined",
                "suggested_post_approved",
                "suggested_post_approval_failed",
                "suggested_post_declined",
                "suggested_post_paid",
                "suggested_post_refunded",
                "chat_owner_left",
                "chat_owner_changed",
                "new_chat_members",
                "left_chat_member",
                "new_chat_title",
                "new_chat_photo",
                "delete_chat_photo",
                "group_chat_created",
                "supergroup_chat_created",
                "channel_chat_created",
                "managed_bot_created",
                "poll_option_added",
                "poll_option_deleted",
                "message_auto_delete_timer_changed",
                "pinned_message",
                "connected_website",
                "write_access_allowed",
                "proximity_alert_triggered",
                "boost_added",
                "chat_background_set",
                "forum_topic_created",
                "forum_topic_edited",
                "forum_topic_closed",
                "forum_topic_reopened",
                "general_forum_topic_hidden",
                "general_forum_topic_unhidden",
                "giveaway_created",
                "giveaway_winners",
                "giveaway_completed",
                "gift_upgrade_sent",
                "paid_message_price_changed",
                "direct_message_price_changed",
                "video_chat_scheduled",
                "video_chat_started",
                "video_chat_ended",
                "video_chat_participants_invited",
            })
    void whatAChatSaysOfItselfIsNamed(String field) throws Exception {
        assertThat(kind("{'update_id':1,'message':{'message_id':2,'date':3,'chat':{'id':4,'type':'private'},'%s':{}}}"
                        .formatted(field)))
                .isEqualTo("message." + field);
    }

    /** All of @grammyjs/types 5.0.0 that somebody may send, beside text, media, places and cards. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rich_message",
                "paid_media",
                "story",
                "dice",
                "game",
                "poll",
                "checklist",
                "invoice",
                "successful_payment",
                "refunded_payment",
                "users_shared",
                "chat_shared",
                "passport_data",
                "giveaway",
                "gift",
                "unique_gift",
                "web_app_data",
            })
    void contentIsKeptEvenWhereItHoldsNothing(String field) throws Exception {
        assertThat(read(json(
                        "{'update_id':1,'message':{'message_id':2,'date':3,'chat':{'id':4,'type':'private'},'%s':{}}}"
                                .formatted(field))))
                .singleElement()
                .isInstanceOfSatisfying(CustomerEvent.MessageReceived.class, message -> assertThat(message.parts())
                        .hasSize(1));
    }

    private static String kind(String json) throws MalformedPayload {
        return ((Ignored) read(json(json)).get(0)).kind();
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void contentThatTelegramInventsLaterIsKept() throws Exception {
        List<CustomerEvent> events = read("""
                {"update_id":1,"message":{"message_id":2,"date":3,"chat":{"id":4,"type":"private"},
                 "hologram":{"depth":3}}}
                """.getBytes(StandardCharsets.UTF_8));
        assertThat(Json.write(events.get(0))).contains("\"what\":\"hologram\"").contains("{\\\"depth\\\":3}");
    }

    @Test
    void halfACharacterBecomesTheReplacementCharacter() throws Exception {
        List<CustomerEvent> events =
                read("{\"update_id\":1,\"message\":{\"message_id\":2,\"date\":3,\"chat\":{\"id\":4},"
                        .concat("\"text\":\"a\\ud800b\\u0000c\\ud83d\\ude00\"}}")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(Json.tree(Json.bytes(events.get(0))).at("/parts/0/text").asText())
                .isEqualTo("a\uFFFDb\uFFFDc😀");
    }

    private static List<CustomerEvent> read(byte[] body) throws MalformedPayload {
        return InboundReader.read(Request.polled("update/1", body, RECEIVED));
    }
}
