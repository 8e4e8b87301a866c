// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.mail.OwnIds;
import io.dragoman.connector.mail.TestAccount;
import io.dragoman.model.CustomerEvent;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A mail finds its conversation by what only we can have made, and by ids; never by what anybody can quote. */
final class ThreadsTest {
    private static final String CONVERSATION = TestAccount.CONVERSATION;
    private static final OwnIds IDS = new OwnIds(TestAccount.with());

    @Test
    void tokenInTheAddressFindsTheConversation() {
        String address = token();
        assertThat(threading("To: Shop <" + address + ">").conversation()).isEqualTo(CONVERSATION);
        assertThat(threading("To: other@shop.example", "Cc: x@y.example, " + address)
                        .conversation())
                .isEqualTo(CONVERSATION);
        assertThat(threading("To: support@shop.example", "Delivered-To: " + address)
                        .conversation())
                .isEqualTo(CONVERSATION);
        assertThat(threading("To: " + address.toUpperCase(Locale.ROOT)).conversation())
                .as("some servers change the letter case")
                .isEqualTo(CONVERSATION);
    }

    @Test
    void noForgedTokenIsBelieved() {
        String address = token();
        int from = address.indexOf('+') + 1;
        for (int i = from; i < address.indexOf('@'); i++) {
            char other = address.charAt(i) == 'a' ? 'b' : 'a';
            // the last letter of the conversation's 128 bits in 26 letters carries two bits that do not count
            String forged = address.substring(0, i) + other + address.substring(i + 1);
            assertThat(threading("To: " + forged).conversation())
                    .satisfiesAnyOf(found -> assertThat(found).isNull(), found -> assertThat(found)
                            .isEqualTo(CONVERSATION));
        }
        assertThat(threading("To: support+" + "a".repeat(42) + "@shop.example").conversation())
                .isNull();
        assertThat(threading("To: support+" + address.substring(from, from + 26) + "@shop.example")
                        .conversation())
                .isNull();
    }

    @Test
    void tokenOfAnotherConversationHasAnotherMark() {
        String mine = token();
        String other = IDS.replyTo("support@shop.example", "01931c5e-7b1f-7c3a-9d2e-4f5a6b7c8d9f")
                .orElseThrow();
        int from = mine.indexOf('+') + 1;
        String mixed = mine.substring(0, from + 26) + other.substring(from + 26);
        assertThat(threading("To: " + mixed).conversation()).isNull();
    }

    @Test
    void tokenOfAnotherAccountIsNotBelieved() {
        Account here = TestAccount.with();
        Account there = new Account(here.side(), "other-mail", here.kind(), here.values(), false, here.home());
        String address =
                new OwnIds(there).replyTo("support@shop.example", CONVERSATION).orElseThrow();
        assertThat(threading("To: " + address).conversation()).isNull();
    }

    @Test
    void ownMessageIdFindsTheConversationFromTheClosestOn() {
        String mine = IDS.messageId(CONVERSATION, "delivery-1", "shop.example");
        assertThat(threading("In-Reply-To: <" + mine + ">").conversation()).isEqualTo(CONVERSATION);
        assertThat(threading("References: <a@x> <" + mine + "> <b@x>").conversation())
                .isEqualTo(CONVERSATION);
        String later = "01931c5e-7b1f-7c3a-9d2e-000000000001";
        String second = IDS.messageId(later, "delivery-2", "shop.example");
        assertThat(threading("References: <" + mine + "> <" + second + ">").conversation())
                .isEqualTo(later);
    }

    @Test
    void tokenGoesBeforeMessageIds() {
        String other = IDS.messageId("01931c5e-7b1f-7c3a-9d2e-000000000001", "d", "shop.example");
        assertThat(threading("To: " + token(), "In-Reply-To: <" + other + ">").conversation())
                .isEqualTo(CONVERSATION);
    }

    @Test
    void forgedOwnMessageIdIsNoReferenceEither() {
        String mine = IDS.messageId(CONVERSATION, "delivery-1", "shop.example");
        String forged = mine.replaceFirst("\\.[a-z2-7]{16}@", ".aaaaaaaaaaaaaaaa@");
        CustomerEvent.Threading threading =
                threading("In-Reply-To: <" + forged + ">", "References: <a@x> <" + forged + ">");
        assertThat(threading.conversation()).isNull();
        assertThat(threading.references()).containsExactly("a@x");
    }

    @Test
    void referencesAreTheClosestFirst() {
        assertThat(threading("In-Reply-To: <c@x> (comment)", "References: <a@x>,<b@x>", " <c@x>")
                        .references())
                .containsExactly("c@x", "b@x", "a@x");
        assertThat(threading("In-Reply-To: bare@x").references()).containsExactly("bare@x");
    }

    @Test
    void aStrangerWhoQuotesASubjectJoinsNothing() {
        CustomerEvent.Threading threading =
                threading("Subject: Re: [Ticket#4711] Refund of Ana (" + CONVERSATION + ")");
        assertThat(threading.conversation()).isNull();
        assertThat(threading.references()).isEmpty();
        assertThat(threading.key()).isNull();
    }

    @Test
    void aTokenThatDoesNotFitIsLeftOut() {
        assertThat(IDS.replyTo("a".repeat(30) + "@shop.example", CONVERSATION)).isEmpty();
        assertThat(IDS.replyTo("support@shop.example", "not a uuid")).isEmpty();
        assertThat(token().substring(0, token().indexOf('@'))).hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void messageIdsAreStableAndDifferByDelivery() {
        String first = IDS.messageId(CONVERSATION, "delivery-1", "shop.example");
        assertThat(new OwnIds(TestAccount.with()).messageId(CONVERSATION, "delivery-1", "shop.example"))
                .isEqualTo(first);
        assertThat(IDS.messageId(CONVERSATION, "delivery-2", "shop.example")).isNotEqualTo(first);
        assertThat(IDS.own(first).map(OwnIds.Own::conversation)).isEqualTo(Optional.of(CONVERSATION));
        assertThat(IDS.own("dragoman...@x")).isEmpty();
        assertThat(URI.create("mid:" + first)).isNotNull();
    }

    private static String token() {
        return IDS.replyTo("support@shop.example", CONVERSATION).orElseThrow();
    }

    private static CustomerEvent.Threading threading(String... headers) {
        return TestAccount.message("From: stranger@customer.example", String.join("\n", headers), "", "text")
                .threading();
    }
}
