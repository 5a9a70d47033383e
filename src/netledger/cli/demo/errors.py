"""What the demonstration refuses."""

from netledger.errors import Refusal


class HomeOfRealProvider(Refusal):
    """A demonstration is not mixed into a home that a provider works in."""

    code = "home_of_real_provider"
    sentence_ru = (
        "В {path} живёт настоящий провайдер: в базе есть данные, а demo.json нет. "
        "Для знакомства укажите другую папку: netledger demo --home ПАПКА"
    )
    sentence_en = (
        "A real provider lives in {path}: its database is in use, and there is no demo.json. "
        "Name another folder for a demonstration: netledger demo --home FOLDER"
    )
    path: str
