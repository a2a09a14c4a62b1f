#include "tables/workbooks/zip_archive.hpp"

#include <string>
#include <vector>
#include <zip.h>

#include <gtest/gtest.h>

#include "support/workbook_file.hpp"
#include "tables/table_text.hpp"

namespace liantu {
namespace {

// An archive of one compressed file.
std::string deflated(const std::string& content) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* to = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(to);
  zip_t* archive = zip_open_from_source(to, ZIP_TRUNCATE, &error);
  zip_file_add(archive, "a.xml", zip_source_buffer(archive, content.data(), content.size(), 0), 0);
  zip_close(archive);
  zip_source_open(to);
  zip_source_seek(to, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(to)), '\0');
  zip_source_seek(to, 0, SEEK_SET);
  zip_source_read(to, bytes.data(), bytes.size());
  zip_source_close(to);
  zip_source_free(to);
  zip_error_fini(&error);
  return bytes;
}

std::string content_of(const std::string& bytes, const TableOptions& options = {}) {
  const std::string file = "f.xlsx";
  ZipArchive archive(bytes, file, options);
  const auto entry = archive.find("A.XML");
  if (!entry) return "no entry";
  std::string out;
  std::vector<char> piece;
  archive.read(
      *entry,
      [&](std::size_t capacity) {
        piece.resize(capacity);
        return piece.data();
      },
      [&](std::size_t count, bool /*last*/) {
        out.append(piece.data(), count);
        return true;
      });
  return out;
}

TEST(ZipArchive, ReadsStoredAndCompressedFiles) {
  const std::string text(700'000, 'x');
  EXPECT_EQ(content_of(test::archive({{"b", "y"}, {"a.xml", text}})), text);
  std::string varied;
  for (int i = 0; i < 100'000; ++i) varied += std::to_string(i * 7919 % 10'007);
  EXPECT_EQ(content_of(deflated(varied)), varied);
  EXPECT_EQ(content_of(test::archive({{"b", "y"}})), "no entry");
}

TEST(ZipArchive, WhatIsInflatedTwoHundredfoldIsRefusedAfterTheFirstMegabyte) {
  const std::string small(std::size_t{1} << 20, ' ');
  EXPECT_EQ(content_of(deflated(small)), small) << "a thousandfold, but small";
  const std::string large(std::size_t{8} << 20, ' ');
  EXPECT_NE(failure_of([&] { content_of(deflated(large)); }).find("--limit inflation=VALUE"),
            std::string::npos);
  TableOptions raised;
  raised.limits.inflation = 2000;
  EXPECT_EQ(content_of(deflated(large), raised).size(), large.size());
  raised.limits.inflated_bytes = 1000;
  EXPECT_NE(failure_of([&] {
              content_of(deflated(large), raised);
            }).find("inflated to more than 1000 bytes"),
            std::string::npos);
}

TEST(ZipArchive, EncryptedEntriesAreRefused) {
  std::string bytes = test::archive({{"a.xml", "x"}});
  bytes[bytes.find("PK\1\2") + 8] = 1;
  EXPECT_NE(failure_of([&] { content_of(bytes); }).find("password"), std::string::npos);
}

}  // namespace
}  // namespace liantu
