// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.simulator.desk.DeskSimulator.Note;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A desk that is down, and a gateway that ends in the middle, lose nothing and mix up nothing. */
final class OutageTest {
    @TempDir
    private Path home;

    @Test
    void aDeskThatWasDownGetsEverythingOnceAndInOrder() throws Exception {
        try (World world = new World(home)) {
            for (int i = 0; i < 2; i++) {
                world.desk.answerNext(503, Map.of(), "{}");
            }
            IntStream.range(0, 10).forEach(i -> world.writes("wa", "+4930111", "message " + i));
            World.await("all of them", () -> world.received("wa").size() == 10);
            assertThat(texts(world)).containsExactlyElementsOf(expected(10));
            assertThat(world.desk.repeats()).isZero();
        }
    }

    @Test
    void aRestartInTheMiddleLosesNothing() throws Exception {
        try (World world = new World(home)) {
            world.desk.answerNext(503, Map.of(), "{}");
            for (int i = 0; i < 30; i++) {
                world.writes("wa", "+4930111", "message " + i);
                if (i == 15) {
                    world.restart();
                }
            }
            World.await("all of them", () -> world.received("wa").size() == 30);
            assertThat(texts(world)).containsExactlyElementsOf(expected(30));
            String conversation = world.received("wa").get(0).conversation();
            world.desk.agentReplies(world.callback("helpdesk"), conversation, "Max", "before");
            world.restart();
            world.desk.agentReplies(world.callback("helpdesk"), conversation, "Max", "after");
            World.await("both answers", () -> world.delivered("wa", "+4930111").size() == 2);
            assertThat(world.delivered("wa", "+4930111")).containsExactly("before", "after");
        }
    }

    private static List<String> texts(World world) {
        return world.received("wa").stream().map(Note::text).toList();
    }

    private static List<String> expected(int count) {
        return IntStream.range(0, count).mapToObj(i -> "message " + i).toList();
    }
}
