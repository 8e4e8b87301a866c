// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Media;
import io.dragoman.model.Part.MediaKind;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a sound is a voice message is kept from the channel to the desk. */
final class VoiceMarkTest {
    @TempDir
    private Path data;

    @Test
    void voiceMessageShouldBeOneAtTheDesk() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            String event = """
                    [{"type":"message.received","key":"m1","at":"2026-11-20T10:00:00Z","externalId":"m1",
                    "sender":{"address":"ana","identities":[{"type":"test","value":"ana","verified":true}]},
                    "parts":[{"type":"media","media":"audio","mimeType":"audio/ogg","source":"s1","voice":true},
                    {"type":"media","media":"audio","mimeType":"audio/mpeg","source":"s2"}],"threading":{"references":[]}}]""";
            assertThat(test.post(event)).isEqualTo(200);
            TestGateway.await("the notice", () -> !test.desk.sent.isEmpty());
            Message message = Objects.requireNonNull(
                    ((ToDesk) test.desk.sent.get(0)).notice().data().message());
            assertThat(message.parts())
                    .extracting(part -> ((Media) part).voice())
                    .containsExactly(true, false);
            assertThat(Json.write(message.parts().get(0))).contains("\"voice\":true");
            assertThat(Json.write(message.parts().get(1))).doesNotContain("voice");
        }
    }

    @Test
    void markShouldOutliveStorageAndLinks() {
        Media sound =
                Media.incoming(MediaKind.AUDIO, "audio/ogg", null, null, "s1").voice(true);
        assertThat(sound.stored("m-1").linked("https://example.com/1").voice()).isTrue();
        assertThat(Json.read(Json.write(sound), Part.class)).isEqualTo(sound);
        assertThat(((Media) Json.read(
                                "{\"type\":\"media\",\"media\":\"audio\",\"mimeType\":\"audio/ogg\"}", Part.class))
                        .voice())
                .isFalse();
    }
}
