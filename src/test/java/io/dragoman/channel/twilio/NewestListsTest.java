// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.ProviderList;
import io.dragoman.connector.kit.ReceivedForm;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A status or an error code of Twilio's newest lists that this version does not know is a failing line with its name. */
final class NewestListsTest {
    @Test
    void everyStatusIsRead() throws IOException {
        ProviderList.of("twilio-statuses").check(NewestListsTest::knows);
        assertThat(knows("dancing")).isFalse();
    }

    @Test
    void everyErrorCodeHasAReason() throws IOException {
        ProviderList.of("twilio-errors").check(NewestListsTest::knowsCode);
        assertThat(knowsCode("39999")).isFalse();
    }

    private static boolean knowsCode(String code) {
        return ErrorTable.CODES.find(Integer.valueOf(code)).isPresent();
    }

    private static boolean knows(String status) {
        try {
            String form = "MessageSid=SM01&From=%2B4917000&To=%2B15550100&Body=x&MessageStatus=" + status;
            return !InboundReader.read(ReceivedForm.parse(form), Instant.EPOCH).isEmpty();
        } catch (MalformedPayload e) {
            return false;
        }
    }
}
