// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.ProviderList;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the newest Cloud API has and this version does not know is a failing line with its name. */
final class NewestListsTest {
    @Test
    void everyErrorCodeHasAMeaning() throws IOException {
        ProviderList.of("whatsapp-errors").check(NewestListsTest::knowsCode);
        assertThat(knowsCode("999999")).isFalse();
    }

    @Test
    void everyFieldIsReadOrIgnoredByName() throws IOException {
        ProviderList.of("whatsapp-fields").check(NewestListsTest::knowsField);
        assertThat(knowsField("holograms")).isFalse();
    }

    private static boolean knowsCode(String code) {
        return ErrorTable.CODES.find(Integer.valueOf(code)).isPresent();
    }

    private static boolean knowsField(String field) {
        return InboundReader.FIELDS.contains(field) || !IgnoredNews.why(field).contains("does not know");
    }
}
