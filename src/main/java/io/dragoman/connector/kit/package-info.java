// SPDX-License-Identifier: Apache-2.0
/** What connectors share: fields of JSON, rendering, text splitting, backfill, forms, error tables. */
@NullMarked
package io.dragoman.connector.kit;

import org.jspecify.annotations.NullMarked;
