#include <cstdlib>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "cli/program.hpp"

/// Names that want to end a text early, run as a formula, move a cursor, turn a line around or be
/// no character at all, through every writer; what is written is read by another program.
namespace liantu::test {
namespace {

using Words = std::vector<std::string>;

// Without what a table's own format would read: each stands in a quoted field.
const Words kNames = {"<script>alert(1)</script>",
                      "]]>-->&lt;&#0;",
                      "=HYPERLINK(\"\"http://x\"\")",
                      "\\N\\G\\l{|}\"\"",
                      "a\x1b[31mb\x08",
                      "a\u202Eb\u2066c\u200F",
                      "a\uFFFE\uFFFF\U0001FFFF",
                      "a\u2028b\u0085",
                      "',;--\t%s${x}`x`",
                      "😀é\u200D"};

class HostileNames : public InFolder {
 protected:
  void SetUp() override {
    InFolder::SetUp();
    std::string firms = "企业名称,主营产品,产值,地区,龙头\n";
    std::string needs = "产品,投入,系数\n";
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      const std::string n = std::to_string(i);
      firms += "\"本地" + kNames[i] + n + "\",\"成品" + kNames[i] + n + "\",3亿,500104,是\n";
      firms += "\"外地" + kNames[i] + n + "\",\"配件" + kNames[i] + n + "\",1亿,330200,\n";
      needs += "\"成品" + kNames[i] + n + "\",\"配件" + kNames[i] + n + "\",0.2\n";
    }
    write("in/企业.csv", firms);
    write("in/需要.csv", needs);
    const Ran ran = liantu({"build", "in", "-o", "g.liantu"});
    ASSERT_EQ(ran.exit, 0) << ran.err;
  }

  /// A program's answer to a file of the folder.
  [[nodiscard]] int other(const std::string& command) const {
    return std::system(("cd '" + folder_.string() + "' && " + command + " > read 2>&1").c_str());
  }
};

TEST_F(HostileNames, EveryWriterWritesWhatAnotherProgramReads) {
  const Words district = {"-r", "500104"};
  std::size_t said = 0;
  const auto written = [&](Words call, const std::string& file, const std::string& reader) {
    call.insert(call.end(), {"-O", "-o", file});
    const Ran ran = liantu(call);
    SCOPED_TRACE(call.front() + " → " + file);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(other(reader + " " + file), 0) << bytes_of(folder_ / "read");
    const std::string bytes = bytes_of(folder_ / file);
    const bool json = file.ends_with(".json");
    for (const std::string_view bad : {"\x1b", "\x08", "\u202E", "\u2066", "\u200F", "\uFFFE",
                                       "\uFFFF", "\U0001FFFF", "\u2028", "\u0085"}) {
      if (json && bad.size() > 1) continue;  // JSON carries every character
      EXPECT_EQ(bytes.find(bad), std::string::npos) << "byte " << bytes.find(bad);
    }
    const bool replaced = bytes.find("\uFFFD") != std::string::npos;
    EXPECT_EQ(ran.err.find("characters that cannot be written") != std::string::npos, replaced)
        << ran.err;
    said += replaced ? 1 : 0;
  };
  const std::string xml = "python3 -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])'";
  const std::string csv =
      "python3 -c 'import sys, csv; r = list(csv.reader(open(sys.argv[1], encoding=\"utf-8-sig\", "
      "newline=\"\"))); assert len(r) > 10 and len(r[0]) == len(r[1]), r[:3]; "
      "assert not any(c[:1] in (\"=\", \"+\", \"-\", \"@\") and not c.startswith(\"=\\\"\") "
      "and not c[1:2].isdigit() for x in r for c in x)'";
  const std::string json = "python3 -m json.tool";
  const std::string dot = "dot -Tcanon";
  for (const auto& [file, reader] : std::vector<std::pair<std::string, std::string>>{
           {"m.svg", xml}, {"m.dot", dot}, {"m.json", json}}) {
    written({"map", "g.liantu", "-r", "500104"}, file, reader);
  }
  for (const auto& [file, reader] : std::vector<std::pair<std::string, std::string>>{
           {"r.csv", csv}, {"r.json", json}, {"r.txt", "cat"}}) {
    written({"rank", "g.liantu", "-r", "500104", "--top", "0"}, file, reader);
    written({"gaps", "g.liantu", "-r", "500104"}, "g" + file, reader);
  }
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    std::string name = "成品" + kNames[i] + std::to_string(i);
    for (std::size_t at = name.find("\"\""); at != std::string::npos; at = name.find("\"\"")) {
      name.erase(at, 1);
    }
    for (const auto& [file, reader] : std::vector<std::pair<std::string, std::string>>{
             {"c.svg", xml}, {"c.dot", dot}, {"c.json", json}}) {
      written({"chain", "g.liantu", name, "-r", "500104"}, file, reader);
    }
  }
  EXPECT_GE(said, 10U);
}

TEST_F(HostileNames, JsonCarriesEveryCharacter) {
  const Ran ran = liantu({"rank", "g.liantu", "-r", "500104", "--top", "0", "--json"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(ran.out.c_str(), ran.out.size());
  ASSERT_FALSE(document.HasParseError());
  EXPECT_NE(ran.out.find("a\uFFFE\uFFFF\U0001FFFF"), std::string::npos);
  EXPECT_NE(ran.out.find("a\\u001B[31mb\\b"), std::string::npos);
  EXPECT_EQ(ran.out.find("\uFFFD"), std::string::npos);
}

TEST_F(HostileNames, TheTerminalGetsNoControls) {
  for (const Words& call :
       std::vector<Words>{{"rank", "g.liantu", "-r", "500104", "--top", "0"},
                          {"gaps", "g.liantu", "-r", "500104"},
                          {"check", "in", "--notes"},
                          {"show", "g.liantu", "--ego", "本地" + kNames[4] + "4"},
                          {"explain", "g.liantu", "-r", "500104", "外地" + kNames[4] + "4"}}) {
    const Ran ran = liantu(call);
    for (const std::string& out : {ran.out, ran.err}) {
      EXPECT_EQ(out.find('\x1b'), std::string::npos) << call.front();
      EXPECT_EQ(out.find("\u202E"), std::string::npos) << call.front();
    }
  }
}

}  // namespace
}  // namespace liantu::test
