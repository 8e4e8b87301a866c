// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dragoman.FreePort;
import io.dragoman.TestGateway;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.webchat.WebChatSimulator;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The visitors of the simulator, who share no code with the channel. */
final class SimulatedVisitorTest {
    @TempDir
    private Path data;

    @Test
    void visitorsShouldWriteAndReadOverARestart() throws Exception {
        int port = FreePort.find();
        URI channel = URI.create("http://127.0.0.1:" + port + "/channels/chat");
        String conversation;
        try (WebChatSimulator visitors = new WebChatSimulator()) {
            assertThat(visitors.customerWrites(channel, "ana", "nobody there?")).isZero();
            try (ChatGateway chat = gateway(visitors, port)) {
                assertThat(visitors.customerWrites(channel, "ana", "hello")).isEqualTo(200);
                conversation = chat.awaitReceived(1).data().conversation().id();
                chat.answers(conversation, "one", "first");
                TestGateway.await("the first answer", () -> visitors.delivered().size() == 1);
            }
            try (ChatGateway chat = gateway(visitors, port)) {
                chat.answers(conversation, "two", "second");
                TestGateway.await(
                        "the second answer", () -> visitors.delivered().size() > 1);
                assertThat(visitors.customerWrites(channel, "ana", "thanks")).isEqualTo(200);
                assertThat(visitors.delivered())
                        .extracting(Delivered::customer, Delivered::content)
                        .containsExactly(tuple("ana", "first"), tuple("ana", "second"));
                assertThat(chat.awaitReceived(1).data().conversation().id()).isEqualTo(conversation);
            }
        }
    }

    private ChatGateway gateway(WebChatSimulator visitors, int port) throws Exception {
        List<String> settings = visitors.settings().entrySet().stream()
                .flatMap(entry -> List.of(entry.getKey(), entry.getValue()).stream())
                .toList();
        return new ChatGateway(data, ChatGateway.account(settings.toArray(new String[0])), port);
    }
}
