#include "liantu/base/files/file_kind.hpp"

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

using std::string_view_literals::operator""sv;

TEST(FileKind, FirstBytesTellWhatAFileIs) {
  const std::vector<std::pair<std::string_view, FileKind>> cases = {
      {""sv, FileKind::Text},
      {"企业名称,地区\n"sv, FileKind::Text},
      {"\xEF\xBB\xBF企业名称\n"sv, FileKind::Text},
      {"1 2\n2 3\n"sv, FileKind::Text},
      {"<甲>,<乙>\n"sv, FileKind::Text},
      {"[甲],[乙]\n"sv, FileKind::Text},
      {"{甲},乙\n"sv, FileKind::Text},
      {" [{\"a\": 1}]"sv, FileKind::Json},
      {"{\"tables\": []}"sv, FileKind::Json},
      {"{}"sv, FileKind::Json},
      {"{\n  \"schema\": \"liantu.gaps/1\","sv, FileKind::Output},
      {"{\n  \"format\": \"liantu link model\","sv, FileKind::Model},
      {"LIANTU\r\n\2\0"sv, FileKind::Snapshot},
      {"PK\3\4....[Content_Types].xml....xl/workbook.xml"sv, FileKind::Workbook},
      {"PK\3\4....[Content_Types].xml....xl/workbook.bin"sv, FileKind::BinaryWorkbook},
      {"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"sv,
       FileKind::XmlWorkbook},
      {"<html xmlns:x=\"urn:schemas-microsoft-com:office:spreadsheet\">"sv, FileKind::Html},
      {"PK\3\4....mimetypeapplication/vnd.oasis.opendocument.spreadsheet"sv,
       FileKind::OpenWorkbook},
      {"PK\3\4....[Content_Types].xml....word/document.xml"sv, FileKind::Document},
      {"PK\3\4....ppt/presentation.xml"sv, FileKind::Presentation},
      {"PK\3\4....企业.csv"sv, FileKind::Zip},
      {"PK\5\6"sv, FileKind::Zip},
      {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, FileKind::OldOffice},
      {"%PDF-1.7"sv, FileKind::Pdf},
      {"<!DOCTYPE HTML><html>"sv, FileKind::Html},
      {"\n <HTML xmlns:x=\"urn\">"sv, FileKind::Html},
      {"<table border=1><tr>"sv, FileKind::Html},
      {"\xFF\xFE<\0h\0t\0m\0l\0>\0"sv, FileKind::Html},
      {"<?xml version=\"1.0\"?><graphml xmlns"sv, FileKind::GraphMl},
      {"<?xml version=\"1.0\"?>\n<gexf"sv, FileKind::Gexf},
      {"<?xml version=\"1.0\"?><!-- x --><svg"sv, FileKind::Svg},
      {"<?xml version=\"1.0\"?><rows>"sv, FileKind::Xml},
      {"\x89PNG\r\n"sv, FileKind::Png},
      {"\xFF\xD8\xFF\xE0"sv, FileKind::Jpeg},
      {"GIF89a"sv, FileKind::Picture},
      {"RIFF\1\2\3\4WEBP"sv, FileKind::Picture},
      {"\x1F\x8B\x08"sv, FileKind::Gzip},
      {"7z\xBC\xAF\x27\x1C"sv, FileKind::Archive},
      {"SQLite format 3\0"sv, FileKind::Sqlite},
      {"\0\1\0\0Standard Jet DB"sv, FileKind::Access},
      {"PAR1"sv, FileKind::Parquet},
  };
  for (const auto& [bytes, kind] : cases) {
    EXPECT_EQ(file_kind(bytes), kind) << bytes;
  }
}

TEST(FileKind, EveryKindHasWordsOfItsOwn) {
  std::set<std::string> names;
  for (int i = 0; i <= static_cast<int>(FileKind::Parquet); ++i) {
    const auto kind = static_cast<FileKind>(i);
    EXPECT_TRUE(names.insert(file_kind_text(kind).en).second) << file_kind_text(kind).en;
    EXPECT_FALSE(file_kind_text(kind).zh.empty());
    EXPECT_FALSE(file_kind_remedy(kind).en.empty());
    EXPECT_FALSE(file_kind_remedy(kind).zh.empty());
  }
  EXPECT_EQ(file_kind_text(FileKind::Parquet).en, "a Parquet file");
  EXPECT_EQ(file_kind_text(FileKind::Json).en, "JSON");
  EXPECT_EQ(file_kind_text(FileKind::Zip).en, "a ZIP archive");
}

TEST(FileKind, WhatIsNotWelcomeIsRefusedWithWhatToDo) {
  EXPECT_NO_THROW(refuse_other_kinds("a,b\n", "a.csv"));
  EXPECT_NO_THROW(refuse_other_kinds("{}", "a.json", {FileKind::Json}));
  try {
    refuse_other_kinds("%PDF-1.4", "企业.csv");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidData);
    EXPECT_STREQ(error.what(),
                 "企业.csv: this is a PDF document, which cannot be read here, whatever its name "
                 "says; copy its table into the spreadsheet program and save it as \"CSV UTF-8\"");
    EXPECT_EQ(error.message().zh,
              "企业.csv：文件内容其实是：PDF 文档，此处不能读取；请把其中的表格复制到表格软件，"
              "另存为“CSV UTF-8（逗号分隔）”");
  }
}

}  // namespace
}  // namespace liantu
