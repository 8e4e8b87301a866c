// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route.modem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.component.file.GenericFile;
import org.junit.jupiter.api.Test;

/** Which files of gammu-smsd are read; the rest is in {@code GammuExampleTest}. */
final class GammuTest {
    @Test
    void nameThatIsNotWrittenByTheGatewayIsNotItsOwn() {
        assertThat(accepts("dm-01a2-b%5Fc")).isTrue();
        assertThat(accepts("dm-%")).isFalse();
        assertThat(accepts("dm-%zz")).isFalse();
        assertThat(accepts("dm-a%5")).isFalse();
    }

    @Test
    void fileOfAnySizeTakesNoMoreMemoryThanAShortMessage() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'a';
            }
        };
        assertThatThrownBy(() -> RouteJson.content(endless))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger than 1000000 bytes");
    }

    private static boolean accepts(String id) {
        GenericFile<File> file = new GenericFile<>();
        file.setFileNameOnly("OUTC20261129_134500_000_+491510000001_" + id + ".txt");
        file.setFile(new File(file.getFileNameOnly()));
        return new Gammu().accept(file);
    }
}
