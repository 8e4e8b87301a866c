// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.facebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.channel.messenger.Messenger;
import io.dragoman.connector.ProviderList;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a page has by Meta's newest list and this version does not know is a failing line with its name. */
final class PageListsTest {
    @Test
    void everyFieldIsReadOrIgnoredByName() throws IOException {
        ProviderList fields = ProviderList.of("page-fields");
        fields.check(PageListsTest::knowsField);
        assertThat(knowsField("holograms")).isFalse();
        List<String> read = List.of((new Facebook().fields() + "," + new Messenger().fields()).split(",", -1));
        assertThat(fields.entries()).as("what is subscribed to is on the list").containsAll(read);
    }

    @Test
    void everyItemOfAFeedIsReadOrIgnoredByName() throws IOException {
        ProviderList.of("page-feed-items").check(PageListsTest::knowsItem);
        assertThat(knowsItem("hologram")).isFalse();
    }

    @Test
    void everyVerbOfAFeedIsReadOrIgnoredByName() throws IOException {
        ProviderList.of("page-feed-verbs").check(PageListsTest::knowsVerb);
        assertThat(knowsVerb("dance")).isFalse();
    }

    private static boolean knowsField(String field) {
        return InboundReader.FIELDS.contains(field) || !PageNews.field(field).equals(PageNews.UNKNOWN);
    }

    private static boolean knowsItem(String item) {
        return item.equals("comment")
                || InboundReader.POSTS.contains(item)
                || !PageNews.item(item).equals(PageNews.UNKNOWN);
    }

    private static boolean knowsVerb(String verb) {
        return InboundReader.WRITTEN.contains(verb)
                || InboundReader.REMOVED.contains(verb)
                || !PageNews.verb(verb).equals(PageNews.UNKNOWN);
    }
}
