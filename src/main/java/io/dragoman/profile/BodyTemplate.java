// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.kit.FormFields;
import io.dragoman.connector.kit.MultipartBody;
import io.dragoman.model.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request. Immutable.
 *
 * @param form how it is written
 * @param value whose value it is, of {@link BodyForm#JSON}, {@link BodyForm#FORM} and {@link BodyForm#MULTIPART}
 * @param text which it is, of the others
 * @param file the field that holds the files, of {@link BodyForm#MULTIPART}; null where none is sent
 * @param without the body where there are no files, of {@link BodyForm#MULTIPART}; null where there must be some
 */
record BodyTemplate(
        BodyForm form,
        @Nullable Expression value,
        @Nullable TextTemplate text,
        @Nullable String file,
        @Nullable BodyTemplate without) {
    /** A reading of the variable that is the file's Base64. */
    private static final Pattern BASE64 = Pattern.compile("\\bbase64\\b");

    /** How a body is written. */
    enum BodyForm {
        JSON("application/json"),
        FORM("application/x-www-form-urlencoded"),
        MULTIPART("multipart/form-data"),
        XML("text/xml; charset=utf-8"),
        TEXT("text/plain; charset=utf-8"),
        /** The bytes of one file, whose type the text is. */
        BYTES("application/octet-stream");

        private final String type;

        BodyForm(String type) {
            this.type = type;
        }

        /** Whether it is made of an expression's value, else of a text with expressions. */
        boolean ofValue() {
            return this == JSON || this == FORM || this == MULTIPART;
        }
    }

    /** Whether the bytes of a file go in it, so that the part needs some. */
    boolean uploads() {
        return file != null || form == BodyForm.BYTES || (form == BodyForm.JSON && value != null && isInline(value));
    }

    /** Whether an expression puts the file's Base64 where it belongs. */
    static boolean isInline(Expression value) {
        return BASE64.matcher(value.toString()).find();
    }

    /**
     * The body.
     *
     * @param context what the expressions see
     * @param uploads the files that go in it
     */
    HttpCall.Body body(Map<String, Object> context, List<UploadFile> uploads) throws ExpressionFailed {
        if (without != null && uploads.isEmpty()) {
            return without.body(context, uploads);
        }
        try {
            return form == BodyForm.BYTES ? bytes(context, uploads) : written(context, uploads);
        } catch (IOException e) {
            throw new ExpressionFailed("a file of the message cannot be read");
        }
    }

    private HttpCall.Body bytes(Map<String, Object> context, List<UploadFile> uploads)
            throws ExpressionFailed, IOException {
        if (uploads.size() != 1 || text == null) {
            throw new ExpressionFailed("there are " + uploads.size() + " files to send, and bytes: sends one");
        }
        return uploads.get(0).whole(text.render(context, context, UnaryOperator.identity()));
    }

    private HttpCall.Body written(Map<String, Object> context, List<UploadFile> uploads)
            throws ExpressionFailed, IOException {
        if (text != null) {
            UnaryOperator<String> encoded = form == BodyForm.XML ? BodyTemplate::escaped : UnaryOperator.identity();
            return plain(text.render(context, context, encoded));
        }
        if (value == null) {
            throw new IllegalStateException("a body of neither kind; reading must refuse it");
        }
        return switch (form) {
            case FORM -> fields(value, context).body();
            case MULTIPART -> multipart(value, context, uploads);
            default -> json(value, context, uploads);
        };
    }

    private HttpCall.Body plain(String written) {
        byte[] bytes = written.getBytes(StandardCharsets.UTF_8);
        return new HttpCall.Body(form.type, bytes.length, () -> new ByteArrayInputStream(bytes));
    }

    private HttpCall.Body json(Expression body, Map<String, Object> context, List<UploadFile> uploads)
            throws ExpressionFailed, IOException {
        Object found = body.evaluate(context, context);
        if (!(found instanceof Map) && !(found instanceof List)) {
            throw new ExpressionFailed(body.place() + " gave neither an object nor a list");
        }
        String written = written(found, body);
        return uploads.isEmpty() ? plain(written) : UploadFile.inline(form.type, written, uploads);
    }

    private HttpCall.Body multipart(Expression fields, Map<String, Object> context, List<UploadFile> uploads)
            throws ExpressionFailed, IOException {
        if (uploads.isEmpty() || file == null) {
            throw new ExpressionFailed("there is no file to send");
        }
        MultipartBody form = uploads.get(0).form();
        FieldValues.of(fields, context).forEach((name, values) -> values.forEach(one -> form.field(name, one)));
        uploads.forEach(upload -> form.attach(file, upload.name(), upload.mimeType(), upload.source()));
        return form.body();
    }

    /** The fields of a form or a query. */
    static FormFields fields(Expression fields, Map<String, Object> context) throws ExpressionFailed {
        FormFields form = new FormFields();
        FieldValues.of(fields, context).forEach((name, values) -> values.forEach(one -> form.add(name, one)));
        return form;
    }

    /** A value as JSON. */
    static String written(Object value, Expression expression) throws ExpressionFailed {
        try {
            return Json.write(value);
        } catch (IllegalStateException e) {
            throw new ExpressionFailed(expression.place() + " gave a value that is no JSON, such as a function");
        }
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;");
    }
}
