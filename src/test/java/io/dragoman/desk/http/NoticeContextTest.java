// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.contract.SampleNotice;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.MessageBuilder;
import io.dragoman.model.Part;
import io.dragoman.model.Participant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a helpdesk's requests are made of. */
final class NoticeContextTest {
    @Test
    void agentsShouldSeeWhoseWordsTheyAreAndWhoElseGotThem() {
        Map<String, Object> context = context(message -> message.forwarded("Cy")
                .from(List.of(new Participant("Bert Uhl", "bert@b.example")))
                .cc(List.of(new Participant(null, "bob@other.example"))));
        assertThat(context.get("text")).isEqualTo("hello");
        assertThat(context.get("body"))
                .isEqualTo("[Forwarded from Cy]\n[From: Bert Uhl <bert@b.example>]\n[Copy: bob@other.example]\nhello");
        assertThat(context(message -> message.forwarded("")).get("body")).isEqualTo("[Forwarded]\nhello");
    }

    @Test
    void whatIsTheCustomersOwnShouldStayAsItIs() {
        assertThat(context(message -> message).get("body")).isEqualTo("hello");
        assertThat(context(message -> message.direction(Message.Direction.OUT)
                                .cc(List.of(new Participant(null, "bob@other.example"))))
                        .get("body"))
                .as("whom agents write to they know")
                .isEqualTo("hello");
    }

    @Test
    void filesAloneShouldHaveTheirNamesForWords() {
        Part.Media file = Part.Media.incoming(Part.MediaKind.IMAGE, "image/png", "slip.png", 8L, "https://x.example/f");
        Part.Media nameless = Part.Media.incoming(Part.MediaKind.VIDEO, "video/mp4", null, 8L, "https://x.example/g");
        assertThat(carried(file, nameless)).isEqualTo("slip.png\nvideo");
        assertThat(carried(new Part.Text("hello"), file)).isEqualTo("hello");
    }

    private static Object carried(Part... parts) {
        Map<String, Object> context = new HashMap<>();
        DeskNotice notice = notice(message -> message.parts(List.of(parts)));
        NoticeContext.words(context, notice, media -> true, media -> "");
        return context.get("body");
    }

    private static Map<String, Object> context(UnaryOperator<MessageBuilder> change) {
        return NoticeContext.of(new ToDesk("d-1", notice(change)), Map.of());
    }

    private static DeskNotice notice(UnaryOperator<MessageBuilder> change) {
        ToDesk sample = SampleNotice.of("d-1", "hello");
        DeskNotice.Data data = sample.notice().data();
        Message message = change.apply(MessageBuilder.builder(Objects.requireNonNull(data.message())))
                .build();
        return new DeskNotice(
                sample.notice().type(),
                sample.notice().timestamp(),
                new DeskNotice.Data(data.conversation(), data.contact(), message, null, null, List.of()));
    }
}
