// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.Account;
import io.dragoman.model.Hashes;
import io.dragoman.model.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Of which items of helpdesks' lists all was told and stored. What overlaps with the last poll comes with each: of a
 * helpdesk that is polled each second one answer was dozens of requests. Thread-safe.
 */
final class ToldItems {
    /** More than a busy helpdesk has in the time that is asked for again. */
    private static final int MOST = 10_000;

    private final Map<Item, Boolean> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Item, Boolean> eldest) {
            return size() > MOST;
        }
    };
    private final Map<Account, Batched> last = new HashMap<>();

    /** Of another account, or of another gateway, it may be new. */
    private record Item(Account account, String hash) {
        static Item of(Account account, Object item) {
            return new Item(account, Hashes.sha256Hex(Json.write(item)));
        }
    }

    /** @param position where the account is once what they told is stored */
    private record Batched(String position, List<Item> items) {}

    synchronized boolean contains(Account account, Object item) {
        return known.containsKey(Item.of(account, item));
    }

    /** What was told of them is about to be stored. */
    synchronized void told(Account account, String position, List<?> items) {
        last.put(
                account,
                new Batched(
                        position,
                        items.stream().map(item -> Item.of(account, item)).toList()));
    }

    /** An account is polled from here on: what was told last is known where it was stored, else it is to be told again. */
    synchronized void stored(Account account, String position) {
        Batched batched = last.remove(account);
        if (batched != null && batched.position().equals(position)) {
            batched.items().forEach(item -> known.put(item, true));
        }
    }
}
