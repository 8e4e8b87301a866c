// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two versions of the program on one store: what a newer one adds an older one bears, what it takes away may end it. */
final class UpgradeTest {
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    /** From here on versions were at work beside each other. */
    private static final int FIRST_BESIDE_ANOTHER = 34;

    private static final Pattern TAKES_AWAY =
            Pattern.compile("\\b(drop|rename|delete|update|alter column|truncate)\\b");

    @TempDir
    private Path folder;

    @Test
    void olderProgramShouldBearWhatANewerOneAddsAndNameWhatItCannotBear() throws Exception {
        for (TestStore store : List.of(TestStore.sqlite(folder), TestStore.postgres(folder.resolve("postgres")))) {
            store.open(failure -> {}).close();
            int known = known();
            NewerProgram.migrates(store, known + 6, "colours", "ALTER TABLE message ADD COLUMN colour TEXT");
            used(store);
            NewerProgram.migrates(
                    store, known + 7, "contract_since_" + known + "_colours", "ALTER TABLE message DROP COLUMN colour");
            used(store);
            NewerProgram.migrates(
                    store,
                    known + 8,
                    "contract_since_" + (known + 6) + "_ends_of_leases",
                    "ALTER TABLE cursor DROP COLUMN lease_until");
            assertThatThrownBy(() -> store.open(failure -> {}))
                    .isInstanceOf(StoreException.Unusable.class)
                    .hasMessage(
                            "the store was brought to version %d by a newer program, which took away what this one, of"
                                    + " store version %d, needs (%d: ends of leases). Start the newer program, or restore the"
                                    + " back-up of before the upgrade.",
                            known + 8, known, known + 8);
        }
    }

    private static void used(TestStore store) {
        try (Store opened = store.open(failure -> {})) {
            opened.write(tx -> tx.events().take(Arrivals.message("ana", "k", "text"), Arrivals.ids(), 1))
                    .join();
            assertThat(opened.<Boolean>read(tx -> tx.events().find("shop", "k").isPresent()))
                    .isTrue();
        }
    }

    /** The rule by which an older program knows what it can bear. */
    @Test
    void migrationThatTakesAwayShouldSaySinceWhenThatIsNotNeeded() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            Predicate<Path> later = file -> version(file) >= FIRST_BESIDE_ANOTHER;
            List<Path> all = files.filter(later).toList();
            assertThat(all).isNotEmpty();
            for (Path file : all) {
                boolean contract = file.getFileName().toString().matches("V\\d+__contract_since_\\d+_\\w+\\.sql");
                assertThat(TAKES_AWAY.matcher(words(file)).find())
                        .as("%s takes something away from programs of the version before", file)
                        .isEqualTo(contract);
                assertThat(file.getFileName().toString()).matches("V\\d+__\\w+\\.sql");
            }
        }
        assertThat(TAKES_AWAY
                        .matcher("alter table cursor drop column lease_until")
                        .find())
                .isTrue();
    }

    private static String words(Path file) throws IOException {
        return Files.readString(file).toLowerCase(Locale.ROOT).replaceAll("--[^\n]*", "");
    }

    private static int known() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            return files.mapToInt(UpgradeTest::version).max().orElseThrow();
        }
    }

    private static int version(Path file) {
        String name = file.getFileName().toString();
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }
}
