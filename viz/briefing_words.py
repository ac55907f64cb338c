"""What a briefing says, in both languages: names of its files, headings, and sentences with their figures."""

from __future__ import annotations

from graph.vocabulary import Text

FILES: dict[str, Text] = {
    "index": Text("目录.html", "index.html"),
    "paper": Text("简报.docx", "briefing.docx"),
    "print": Text("简报.pdf", "briefing.pdf"),
    "slides": Text("汇报.pptx", "slides.pptx"),
    "annex": Text("附表.xlsx", "annex.xlsx"),
    "pairs": Text("对口清单.xlsx", "pairs.xlsx"),
    "pictures": Text("图", "pictures"),
    "pack": Text("汇报", "briefing"),
    "template": Text("模板.docx", "template.docx"),
}
WHAT: dict[str, Text] = {
    "paper": Text("文字材料", "the paper"),
    "print": Text("文字材料，供打印", "the paper for printing"),
    "slides": Text("幻灯片，图形可编辑", "slides, their shapes editable"),
    "annex": Text("对口、覆盖、缺口、任务、来源", "pairs, coverage, gaps, tasks, sources"),
    "pairs": Text("对口清单，可再次导入", "the pairs as a Chinese table that can be ingested again"),
}
SAID: dict[str, Text] = {
    "title": Text("{name}{programme}情况简报", "Briefing: {name}{programme}"),
    "cooperation": Text("对口合作", "cooperation"),
    "lacking": Text(
        "未附 {name}：本机没有装好 LibreOffice（apt install libreoffice-writer），或未能及时印完。",
        "{name} is lacking: LibreOffice is not installed here (apt install libreoffice-writer), or was too slow.",
    ),
    "files": Text("文件", "Files"),
    "pictures": Text("图", "Pictures"),
    "as_of": Text("数据截至 {day}", "Data as of {day}"),
    "made": Text("制作方法：", "Made by: "),
    "open": Text("打开", "open"),
}
