// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Message;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What WhatsApp tells beside a customer's own words, up to the desk. */
final class WhatsAppNewsTest {
    private static final String CONTACT =
            "{\"profile\":{\"name\":\"Ana\"},\"wa_id\":\"491701\",\"user_id\":\"DE.ANA\"}";

    @TempDir
    private static Path home;

    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = new World(home);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    @DisplayName("what a customer passed on is marked as such at the desk and in the store")
    void forwardedMessageShouldBeMarked() throws Exception {
        post("messages", messages(CONTACT, text("491701", "wamid.fw", "look", ",\"context\":{\"forwarded\":true}")));
        Note note = world.note("wa", "look");
        assertThat(note.json().at("/data/message/forwarded").asText("absent")).isEmpty();
        assertThat(stored("wamid.fw").forwarded()).isEmpty();

        post("messages", messages(CONTACT, text("491701", "wamid.own", "my own words", "")));
        Note own = world.note("wa", "my own words");
        assertThat(own.json().at("/data/message").has("forwarded")).isFalse();
        assertThat(stored("wamid.own").forwarded()).isNull();
    }

    private static Message stored(String externalId) {
        return world.gateway()
                .store()
                .read(tx -> tx.messages().byExternalId("wa", externalId))
                .orElseThrow();
    }

    private static String messages(String contact, String... messages) {
        return "\"contacts\":[" + contact + "],\"messages\":[" + String.join(",", messages) + "]";
    }

    private static String text(String from, String id, String text, String more) {
        return "{\"from\":\"" + from + "\",\"id\":\"" + id + "\",\"timestamp\":\"1795000000\",\"type\":\"text\","
                + "\"text\":{\"body\":\"" + text + "\"}" + more + "}";
    }

    /** Posts one change of the channel's number, signed. */
    private static void post(String field, String value) throws Exception {
        String number = world.whatsapp.settings().get("phoneNumberId");
        String body = "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":\""
                + field + "\",\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":"
                + "{\"display_phone_number\":\"49301\",\"phone_number_id\":\"" + number + "\"}," + value + "}}]}]}";
        assertThat(new Provider(world).signed("wa", body)).isEqualTo(200);
    }
}
