// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.Transport;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Words;
import io.dragoman.profile.UploadFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of a notice that go to a helpdesk as such, by what expressions see of each. For one attempt and one thread. */
final class NoticeFiles {
    private static final String BASE64 = "base64";

    private final List<Carried> carried = new ArrayList<>();
    private final List<Part.Media> refused = new ArrayList<>();

    /** One of them: the part, its bytes, and the fields that expressions see. */
    private record Carried(Part.Media part, UploadFile upload, Map<String, Object> fields) {
        @Override
        public String toString() {
            return "Carried[…]";
        }
    }

    /** Those of a message whose bytes are there, within the limits. */
    static NoticeFiles of(
            Account account, String key, @Nullable Message message, FileLimits limits, Transport transport) {
        NoticeFiles files = new NoticeFiles();
        long left = limits.together();
        for (Part part : message == null ? List.<Part>of() : message.parts()) {
            if (part instanceof Part.Media media && media.missing() == null && files.carried.size() < limits.most()) {
                String itsKey = key + "/" + files.carried.size();
                UploadFile upload = UploadFile.of(account, media, itsKey, transport);
                long size = size(upload);
                if (upload != null && size >= 0 && size <= Math.min(limits.largest(), left)) {
                    files.carried.add(new Carried(media, upload, fields(media, upload, size)));
                    left -= size;
                }
            }
        }
        return files;
    }

    /** In bytes; less than none where there are none to be read. */
    private static long size(@Nullable UploadFile upload) {
        try {
            return upload == null ? -1 : upload.size();
        } catch (IOException e) {
            return -1; // it was not fetched, or is gone: its link stands in the text
        }
    }

    private static Map<String, Object> fields(Part.Media media, UploadFile upload, long size) {
        String name = media.fileName();
        Map<String, Object> fields = new HashMap<>();
        fields.put("kind", Words.of(media.media()));
        fields.put("type", media.mimeType());
        fields.put("name", name == null || name.isBlank() ? Words.of(media.media()) : name);
        fields.put("size", size);
        fields.put(BASE64, upload.placeholder());
        if (media.url() != null) {
            fields.put("url", media.url());
        }
        return fields;
    }

    /** What expressions see of them. */
    List<Map<String, Object>> all() {
        return carried.stream().map(Carried::fields).toList();
    }

    /** Their bytes. */
    List<UploadFile> uploads() {
        return carried.stream().map(Carried::upload).toList();
    }

    /** The bytes of what expressions see. */
    Optional<UploadFile> upload(Object item) {
        return carried.stream()
                .filter(one -> isIt(one, item))
                .map(Carried::upload)
                .findFirst();
    }

    /** One, which the helpdesk does not take, goes as a link after all. */
    void drop(Object item) {
        refuse(carried.stream().filter(one -> isIt(one, item)).toList());
    }

    /** Likewise all of them. */
    void dropAll() {
        refuse(List.copyOf(carried));
    }

    private void refuse(List<Carried> those) {
        those.forEach(one -> refused.add(one.part));
        carried.removeAll(those);
    }

    /** How many the helpdesk did not take. */
    int refused() {
        return refused.size();
    }

    boolean isRefused(Part.Media part) {
        return refused.contains(part);
    }

    boolean has(Part.Media part) {
        return carried.stream().anyMatch(one -> one.part.equals(part));
    }

    private static boolean isIt(Carried one, Object item) {
        return item instanceof Map<?, ?> fields && one.upload.placeholder().equals(fields.get(BASE64));
    }
}
