#pragma once

#include <filesystem>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/ingest/cells/ingest_result.hpp"

namespace LIANTU_API liantu {

/// Reads tables and builds the graph of what they say.
///
/// Files are taken in the order of their names, whatever the order in which they are given, folders
/// with their sub-folders; files found in a folder that are not tables, are of another kind than
/// their name says or have headings that say nothing are left aside with a Warning, and those that
/// Liantu itself wrote too. `book.xlsx#规上企业` is one sheet of a workbook. What a table is
/// follows from the mapping, else from its name and headings. Entities are read first, then
/// relations.
///
/// A firm is known by its credit code, then by its normalised name, then by other names; the same
/// name with different codes stays two firms, a name that fits several firms is reported and never
/// guessed. At the end of a relation a name that nobody goes by is matched with those of all firms
/// (see FirmMatcher): one that is surely a firm's is taken for it with a Note, one that may be is a
/// question of the result. A row of a firm is never taken for another's by likeness alone: a short
/// name without a code and one that differs in its legal form are questions. What a person has
/// answered in IngestOptions::confirmations counts before likeness, but never makes one firm of two
/// codes. Segments that no segment table names are made by the relations that mention them, if
/// there is no segment table at all. A value that cannot be read is dropped and its row stands; a
/// row that cannot be used makes nothing. Each is a Problem and the others stand.
///
/// Of rows that give a firm different values the one of the firmer basis is kept (ties: the more
/// confident, the later date of observation, the earlier row), and relations as
/// GraphBuilder::build() says: value by value, so that a row that says less takes nothing away.
/// Every contradiction within a year is a Note that names both rows, and values given up for those
/// of another year are counted in one. Lists add up.
///
/// With TrustRule::Support, `requires` gets the confidence c · (1 − (1 − m/(m+1)) (1 − u/(u+10))),
/// m the number of firms that make the input and u the number of other products that need it, c the
/// row's own confidence; a fifth of that where the input is a word too general to name a product,
/// and 0.3 of it where no firm makes the product; `part_of` keeps c where the subclass ends with
/// the class's name (the head of a Chinese noun stands last) and is left out where it does not.
///
/// An input-output table (see read_input_output_table()) gives a segment a sector and, for every
/// flow, a `requires` with its coefficient, estimated: a national mean stands for the firm. A firm
/// makes the sector of the industry it states (GB/T 4754, by the concordance of sector_of()), else,
/// where no table says what it makes, of the one that IndustryClassifier infers from its name and
/// scope. Of several such tables firms are put into the sectors of the one with most sectors, of
/// equal ones the last by name. The year in such a table's file name dates its coefficients. Two
/// such tables of which some sectors are the same and others are not, or that are national ones of
/// different classifications, would count inputs twice: the later is a file that cannot be used.
///
/// @param paths    Files and folders.
/// @param options  See IngestOptions.
/// @return         See IngestResult; the same for the same files whatever folder they stand in.
/// @throws Error{Io} if a path cannot be read; Error{InvalidData} if no table can be read, or, with
///         UnusableFiles::Stop, listing every file that is broken, lacks a required column or,
///         named itself, cannot be recognised; other errors of read_table().
/// @complexity  Linear in the input, but for `part_of`, where a row costs the number of segments
///              above its parent.
[[nodiscard]] IngestResult ingest(const std::vector<std::filesystem::path>& paths,
                                  const IngestOptions& options = {});

}  // namespace liantu
