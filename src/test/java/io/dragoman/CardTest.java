// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Outbound;
import io.dragoman.model.Card;
import io.dragoman.model.Carousel;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.store.MediaRows;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pictures inside a part are treated like a picture that is a part of its own. */
final class CardTest {
    @TempDir
    private Path data;

    @Test
    void picturesOfCardsAreStoredAndFetchedLikeAnyOther() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            assertThat(test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"shoes?\"}]"))
                    .isEqualTo(200);
            TestGateway.await("the notice", () -> !test.desk.sent.isEmpty());
            String conversation = ((Outbound.ToDesk) test.desk.sent.get(0))
                    .notice()
                    .data()
                    .conversation()
                    .id();
            String image =
                    "{\"type\":\"media\",\"media\":\"image\",\"mimeType\":\"image/png\",\"url\":\"http://127.0.0.1:1/x\"}";
            String card = "{\"type\":\"card\",\"title\":\"Shoe\",\"image\":" + image + ",\"buttons\":[]}";
            assertThat(test.postDesk(
                            "[{\"type\":\"agent.replied\",\"key\":\"r1\",\"at\":\"2026-11-21T10:00:00.000Z\",\"conversation\":\""
                                    + conversation + "\",\"parts\":[{\"type\":\"text\",\"text\":\"these\"},"
                                    + "{\"type\":\"carousel\",\"cards\":[" + card + "," + card + "]}]}]"))
                    .isEqualTo(200);
            TestGateway.await("the answer", () -> stored(test, conversation).size() == 2);
            Message answer = stored(test, conversation).get(1);
            List<Part.Media> pictures = ((Carousel) answer.parts().get(1))
                    .cards().stream().map(Card::image).toList();
            assertThat(pictures).hasSize(2).allSatisfy(picture -> assertThat(picture.url())
                    .isNull());
            List<MediaRows.Row> rows =
                    test.gateway.store().read(tx -> tx.media().ofMessage(answer.id()));
            assertThat(rows)
                    .extracting(MediaRows.Row::id)
                    .containsExactlyInAnyOrderElementsOf(
                            pictures.stream().map(Part.Media::id).toList());
        }
    }

    private static List<Message> stored(TestGateway test, String conversation) {
        return test.gateway.store().read(tx -> tx.messages().of(conversation, 0, 10));
    }
}
