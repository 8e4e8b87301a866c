// SPDX-License-Identifier: Apache-2.0
/** What both directions of HTTP share: blocks of addresses. */
@NullMarked
package io.dragoman.http;

import org.jspecify.annotations.NullMarked;
